import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { createAccount, signedInClient, type TestAccount } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0";
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const HOUR_SECONDS = 3600;

interface Listed {
  id: string;
  current: boolean;
  createdAt: string;
  lastSeenAt: string;
  userAgent: string | null;
  ip: string | null;
}

const server = useServer();

async function signIn({ email, password }: TestAccount, userAgent = "tests/1"): Promise<HttpClient> {
  const client = server().client();
  const headers = { "user-agent": userAgent };
  const response = await client.post("/api/sign-in", { email, password }, { headers });
  expect(response.status).toBe(200);
  return client;
}

/** Three devices of one person: the one that asks, and two others. */
async function threeDevices() {
  const account = await createAccount(server());
  const [here, there, elsewhere] = [await signIn(account), await signIn(account, FIREFOX), await signIn(account)];
  return { account, here, there, elsewhere };
}

async function list(client: HttpClient): Promise<Listed[]> {
  const response = await client.get("/api/sessions");
  expect(response.status).toBe(200);
  return ((await response.json()) as { sessions: Listed[] }).sessions;
}

const idOf = async (client: HttpClient) => (await list(client)).find(({ current }) => current)?.id ?? "";
const remove = (client: HttpClient, id: string) => client.request("DELETE", `/api/sessions/${id}`);
const expectEnded = async (client: HttpClient, reason: string) =>
  expectProblem(await client.get("/api/me"), 401, "session_ended", { reason });
const reasonOf = async (id: string) => {
  const [row] = await server().database.query<{ end_reason: string }>("SELECT end_reason FROM sessions WHERE id = $1", [
    id,
  ]);
  return row?.end_reason;
};

describe("GET /api/sessions", () => {
  it("lists the live sessions of whoever asks, theirs first", async () => {
    const { here, there } = await threeDevices();
    const sessions = await list(here);

    expect(sessions).toHaveLength(3);
    for (const session of sessions) {
      expect(session).toEqual({
        id: expect.any(String),
        current: session === sessions[0],
        createdAt: expect.stringMatching(ISO_INSTANT),
        lastSeenAt: expect.stringMatching(ISO_INSTANT),
        userAgent: session.id === (await idOf(there)) ? FIREFOX : "tests/1",
        ip: expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/),
      });
    }
  });

  it("lists nobody else's", async () => {
    const { here } = await threeDevices();
    const { client: stranger } = await signedInClient(server());
    const ids = (await list(here)).map(({ id }) => id);

    for (const { id } of await list(stranger)) expect(ids).not.toContain(id);
  });

  it("answers a visitor with 401", async () => {
    await expectProblem(await server().client().get("/api/sessions"), 401, "unauthenticated");
  });
});

describe("DELETE /api/sessions/{id}", () => {
  it("ends that session at its next request, with the reason, and no other", async () => {
    const { here, there, elsewhere } = await threeDevices();
    const id = await idOf(there);
    const response = await remove(here, id);

    expect([response.status, await response.text()]).toEqual([204, ""]);
    await expectEnded(there, "revoked_by_user");
    expect((await elsewhere.get("/api/me")).status).toBe(200);
    expect((await list(here)).map((session) => session.id)).not.toContain(id);
    expect(await reasonOf(id)).toBe("revoked_by_user");
  });

  it("signs out when it is the session that asks, and clears its cookie", async () => {
    const { client } = await signedInClient(server());
    const copy = new Map(client.cookies);
    const id = await idOf(client);

    expect((await remove(client, id.toUpperCase())).status).toBe(204);
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    client.cookies.set(SESSION_COOKIE, copy.get(SESSION_COOKIE) ?? "");
    await expectEnded(client, "signed_out");
    expect(await reasonOf(id)).toBe("signed_out");
  });

  it("tells somebody else's session from none by nothing, and ends nothing", async () => {
    const { client } = await signedInClient(server());
    const { client: stranger } = await signedInClient(server());
    const theirs = await idOf(stranger);

    await expectProblem(await remove(client, theirs), 404, "not_found");
    await expectProblem(await remove(client, "00000000-0000-7000-8000-000000000000"), 404, "not_found");
    expect((await stranger.get("/api/me")).status).toBe(200);
  });

  it("knows a session that has ended no more", async () => {
    const { here, there } = await threeDevices();
    const id = await idOf(there);
    await remove(here, id);

    await expectProblem(await remove(here, id), 404, "not_found");
  });

  it.each(["x", "1", "%00", "..%2F..%2Fme", "'; DROP TABLE sessions; --", "a".repeat(3000)])(
    "answers the id %j with 404",
    async (id) => {
      const { client } = await signedInClient(server());

      await expectProblem(await remove(client, encodeURI(id)), 404, "not_found");
    },
  );

  it("is not for visitors, nor for other sites", async () => {
    const { here, there } = await threeDevices();
    const id = await idOf(there);

    await expectProblem(await remove(server().client(), id), 401, "unauthenticated");
    const headers = { origin: "https://evil.example" };
    await expectProblem(await here.request("DELETE", `/api/sessions/${id}`, { headers }), 403, "cross_origin");
    expect((await there.get("/api/me")).status).toBe(200);
  });

  it("answers other methods with 405", async () => {
    const { client } = await signedInClient(server());
    const response = await client.get(`/api/sessions/${await idOf(client)}`);

    expect(response.headers.get("allow")).toBe("DELETE, OPTIONS");
    await expectProblem(response, 405, "method_not_allowed");
  });
});

describe("DELETE /api/sessions", () => {
  const removeOthers = (client: HttpClient) => client.request("DELETE", "/api/sessions");

  it("ends all others, and not the one that asks", async () => {
    const { account, here, there, elsewhere } = await threeDevices();
    expect((await removeOthers(here)).status).toBe(204);

    await expectEnded(there, "revoked_by_user");
    await expectEnded(elsewhere, "revoked_by_user");
    expect(await list(here)).toHaveLength(1);
    expect((await removeOthers(here)).status).toBe(204);
    expect((await (await signIn(account)).get("/api/me")).status).toBe(200);
  });

  it("touches nobody else's", async () => {
    const { client: stranger } = await signedInClient(server());
    const { here } = await threeDevices();
    await removeOthers(here);

    expect((await stranger.get("/api/me")).status).toBe(200);
  });

  it("asks for a recent sign-in", async () => {
    const { here, there } = await threeDevices();
    ageClient(here, HOUR_SECONDS + 1);
    await expectProblem(await removeOthers(here), 403, "recent_authentication_required", {
      maxAgeSeconds: HOUR_SECONDS,
    });

    expect((await there.get("/api/me")).status).toBe(200);
    expect(await list(here)).toHaveLength(3);
  });

  it("is content with one of just within the hour", async () => {
    const { here } = await threeDevices();
    ageClient(here, HOUR_SECONDS - 30);

    expect((await removeOthers(here)).status).toBe(204);
  });
});
