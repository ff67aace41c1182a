import { describe, expect, it } from "vitest";

import { SESSION_END_REASONS } from "@/features/session/end-reason";
import { parseSignedOutReason, SIGNED_OUT_REASONS, type SignedOut } from "@/lib/api-client/signed-out";
import { useFakeApi } from "./fake-api";
import { useClients } from "./use-clients";

const api = useFakeApi();
const client = useClients(api);

const NOW = Date.parse("2026-11-21T10:00:00Z");
const ended = (reason: string) => ({ status: 401, body: { code: "session_ended", reason } });

describe("SIGNED_OUT_REASONS", () => {
  it("are those of the server, and that there is no session", () => {
    expect(SIGNED_OUT_REASONS).toEqual(["no_session", ...SESSION_END_REASONS]);
  });
});

describe("parseSignedOutReason", () => {
  it("takes a reason that it doesn't know for an end all the same", () => {
    expect(parseSignedOutReason("idle_timeout")).toBe("idle_timeout");
    expect(parseSignedOutReason("of_a_newer_server")).toBe("no_session");
    expect(parseSignedOutReason(undefined)).toBe("no_session");
  });
});

describe("a session that has ended", () => {
  it("is told once, and rejects all requests that wait", async () => {
    const told: SignedOut[] = [];
    const { http, onSignedOut, events } = client({ now: () => NOW, onSignedOut: (signedOut) => told.push(signedOut) });
    await http.get("/api/me");
    api.good.clear();
    api.refusal = ended("revoked_by_user");
    const alsoTold: SignedOut[] = [];
    onSignedOut((signedOut) => alsoTold.push(signedOut));
    onSignedOut(() => alsoTold.pop())();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => http.get("/api/me")));
    const at = new Date(NOW);

    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: "rejected",
        reason: { name: "SignedOutError", code: "signed_out", reason: "revoked_by_user", at },
      });
    }
    expect(told).toEqual([{ reason: "revoked_by_user", at }]);
    expect(alsoTold).toEqual(told);
    expect(events.at(-1)).toEqual({ type: "signed_out", reason: "revoked_by_user", at });
  });

  it("lets later requests fail at once, without asking the server", async () => {
    api.refusal = { status: 401, body: { code: "no_session" } };
    const { http, refresh } = client();
    await expect(http.get("/api/me")).rejects.toMatchObject({ reason: "no_session" });
    await expect(http.get("/api/me")).rejects.toMatchObject({ reason: "no_session" });
    await expect(refresh()).rejects.toMatchObject({ reason: "no_session" });

    expect(api.arrived.map(({ path }) => path)).toEqual(["/api/refresh"]);
  });

  it("is followed by another one after signedIn()", async () => {
    api.refusal = ended("idle_timeout");
    const { http, signedIn } = client();
    await expect(http.get("/api/me")).rejects.toMatchObject({ reason: "idle_timeout" });
    api.refusal = null;
    signedIn();

    expect((await http.get("/api/me")).status).toBe(200);
  });

  it("does not sign out whoever signs in while the last session's end is on its way", async () => {
    const { http, signedIn, events } = client();
    api.refusal = ended("signed_out");
    api.refreshTakesMs = 100;
    const waiting = http.get("/api/me");
    await expect.poll(() => api.refreshes).toBe(1);
    signedIn();
    setTimeout(() => {
      api.refusal = null;
    }, 120);

    expect((await waiting).status).toBe(200);
    expect(events.map(({ type }) => type)).toEqual(["token_fetched"]);
  });
});

describe("a refresh that fails", () => {
  it.each([
    ["a lost connection", "hang_up", true, undefined],
    ["429", { status: 429, headers: { "retry-after": "7" } }, true, 7],
    ["503", { status: 503 }, true, undefined],
    ["a 401 of somebody on the way", { status: 401, body: { error: "proxy" } }, false, undefined],
    ["403", { status: 403, body: { code: "cross_origin" } }, false, undefined],
    ["a page in place of a token", { status: 200, body: "welcome" }, false, undefined],
  ] as const)("by %s signs nobody out", async (_what, refusal, transient, retryAfterSeconds) => {
    const { http, events } = client({ now: () => NOW });
    api.refusal = refusal;

    await expect(Promise.all([http.get("/api/me"), http.get("/api/me")])).rejects.toMatchObject({
      name: "RefreshFailedError",
      code: "refresh_failed",
      transient,
      retryAfterSeconds,
    });
    expect(events).toEqual([{ type: "refresh_failed", at: new Date(NOW), transient }]);
    api.refusal = null;
    expect((await http.get("/api/me")).status).toBe(200);
  });

  it("after a refusal leaves the request unanswered, and the cause at hand", async () => {
    const { http } = client();
    await http.get("/api/me");
    api.good.clear();
    api.refusal = "hang_up";

    await expect(http.get("/api/me")).rejects.toMatchObject({ transient: true, cause: expect.any(TypeError) });
  });
});
