import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";

import { useFakeApi } from "./fake-api";
import { useClients } from "./use-clients";

const api = useFakeApi();
const client = useClients(api);

const NOW = Date.parse("2026-11-21T10:00:00Z");
const fifty = Array.from({ length: 50 }, (_, index) => index);

describe("createApiClient", () => {
  it("asks for nothing before the first request", async () => {
    client();

    expect(api.arrived).toEqual([]);
  });

  it("fetches the first token once, for all requests that wait for it", async () => {
    const { http, events } = client({ now: () => NOW });
    const answers = await Promise.all(fifty.map((index) => http.get(`/api/things/${index}`)));

    expect(answers.map(({ status, data }) => [status, data.token])).toEqual(fifty.map(() => [200, "token-1"]));
    expect(api.refreshes).toBe(1);
    expect(events).toEqual([{ type: "token_fetched", at: new Date(NOW), expiresAt: new Date(NOW + 300_000) }]);
  });

  it("refreshes once when 50 requests are refused at once, and repeats each of them once", async () => {
    const { http } = client();
    await http.get("/api/me");
    api.reset();
    const answers = await Promise.all(fifty.map((index) => http.get(`/api/things/${index}`)));

    expect(answers.map(({ status }) => status)).toEqual(fifty.map(() => 200));
    expect(api.refreshes).toBe(1);
    for (const index of fifty) expect(api.to(`/api/things/${index}`)).toHaveLength(2);
  });

  it("repeats with the token that is there by now, when another request has refreshed meanwhile", async () => {
    const { http } = client();
    await http.get("/api/me");
    api.good.clear();
    const slow = http.get("/api/slow", { params: { after: 100 } });
    await http.get("/api/fast");

    expect((await slow).data.token).toBe("token-2");
    expect(api.refreshes).toBe(2);
  });

  it("passes a second refusal on, and does not ask a third time", async () => {
    const { http } = client();

    await expect(http.get("/api/never")).rejects.toMatchObject({ response: { status: 401 } });
    expect(api.to("/api/never").map(({ token }) => token)).toEqual(["token-1", "token-2"]);
  });

  it("repeats for a caller that takes every status for an answer, too", async () => {
    const { http } = client();
    await http.get("/api/me");
    api.good.clear();

    expect(await http.get("/api/me", { validateStatus: () => true })).toMatchObject({ status: 200 });
  });

  it("leaves a 401 alone that asks for no bearer token: a wrong password is not tried twice", async () => {
    const { http } = client();

    await expect(http.post("/api/wrong-password", {})).rejects.toMatchObject({ response: { status: 401 } });
    expect(api.to("/api/wrong-password")).toHaveLength(1);
    expect(api.refreshes).toBe(1);
  });

  it("leaves a caller's own Authorization alone, and its refusal", async () => {
    const { http } = client();

    await expect(http.get("/api/me", { headers: { Authorization: "Bearer mine" } })).rejects.toMatchObject({
      response: { status: 401 },
    });
    expect(api.arrived.map(({ token }) => token)).toEqual(["mine"]);
  });

  it.each([
    ["json", () => ({ name: "Ada" }), '{"name":"Ada"}'],
    ["a string", () => "Ada", "Ada"],
    ["a form", () => new URLSearchParams({ name: "Ada" }), "name=Ada"],
    ["bytes", () => new TextEncoder().encode("Ada"), "Ada"],
    ["nothing", () => undefined, ""],
  ])("repeats a POST with %s as it was", async (_what, body, sent) => {
    const { http } = client();
    await http.get("/api/me");
    api.reset();
    await http.post("/api/things", body());
    const [first, second] = api.to("/api/things");

    expect(first?.body).toBe(sent);
    expect(second).toMatchObject({ method: "POST", body: sent });
    expect(second?.headers["content-type"]).toBe(first?.headers["content-type"]);
  });

  it("repeats a form with a file", async () => {
    const { http } = client();
    await http.get("/api/me");
    api.reset();
    const form = new FormData();
    form.set("file", new Blob(["contents"]), "a.txt");
    await http.post("/api/things", form);

    expect(api.to("/api/things").map(({ body }) => body.includes("contents"))).toEqual([true, true]);
  });

  it("does not repeat a stream, which is gone, but has a token for the next request", async () => {
    const { http } = client();
    await http.get("/api/me");
    api.reset();
    const stream = Readable.toWeb(Readable.from(["Ada"]));

    await expect(http.post("/api/things", stream)).rejects.toMatchObject({ response: { status: 401 } });
    expect(api.to("/api/things")).toHaveLength(1);
    await http.post("/api/things", "Ada");
    expect(api.refreshes).toBe(1);
  });

  it("gives interceptors that were added later one request and one answer", async () => {
    const { http } = client();
    await http.get("/api/me");
    api.good.clear();
    const seen: string[] = [];
    http.interceptors.request.use((config) => {
      seen.push(`request ${String(config.headers.get("Authorization"))}`);
      return config;
    });
    http.interceptors.response.use((response) => {
      seen.push(`answer ${response.status}`);
      return response;
    });
    await http.get("/api/me");

    expect(seen).toEqual(["request undefined", "answer 200"]);
  });
});

describe("createApiClient ahead of a token's end", () => {
  it.each([
    ["300 s", 300, 285_000],
    ["60 s", 60, 54_000],
  ])("replaces one of %s shortly before, when a request comes", async (_what, lifetimeSeconds, dueMs) => {
    api.lifetimeSeconds = lifetimeSeconds;
    let nowMs = NOW;
    const { http } = client({ now: () => nowMs });
    await http.get("/api/me");
    nowMs = NOW + dueMs - 1;
    expect((await http.get("/api/me")).data.token).toBe("token-1");
    nowMs = NOW + dueMs;
    expect((await http.get("/api/me")).data.token).toBe("token-2");
  });

  it("uses the old one to its end when there is no other just now", async () => {
    let nowMs = NOW;
    const { http } = client({ now: () => nowMs });
    await http.get("/api/me");
    api.refusal = { status: 503 };
    nowMs = NOW + 299_999;
    expect((await http.get("/api/me")).data.token).toBe("token-1");
    nowMs = NOW + 300_000;
    await expect(http.get("/api/me")).rejects.toMatchObject({ code: "refresh_failed", transient: true });
  });
});

describe("a request that is given up", () => {
  it("rejects at once while it waits for a token, and the others go on waiting", async () => {
    api.refreshTakesMs = 200;
    const { http } = client();
    const abort = new AbortController();
    const others = http.get("/api/others");
    const given = http.get("/api/given-up", { signal: abort.signal });
    const startedAt = performance.now();
    setTimeout(() => abort.abort(), 20);

    await expect(given).rejects.toMatchObject({ code: "ERR_CANCELED" });
    expect(performance.now() - startedAt).toBeLessThan(150);
    expect((await others).status).toBe(200);
    expect(api.to("/api/given-up")).toEqual([]);
  });

  it("is not sent when it was given up before", async () => {
    const { http } = client();

    await expect(http.get("/api/me", { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ERR_CANCELED" });
    expect(api.to("/api/me")).toEqual([]);
  });

  it("is not repeated when it was given up during the refresh", async () => {
    const { http } = client();
    await http.get("/api/me");
    api.reset();
    api.refreshTakesMs = 200;
    const abort = new AbortController();
    const given = http.get("/api/given-up", { signal: abort.signal });
    setTimeout(() => abort.abort(), 60);

    await expect(given).rejects.toMatchObject({ code: "ERR_CANCELED" });
    expect(api.to("/api/given-up")).toHaveLength(1);
  });
});
