import { setTimeout as sleep } from "node:timers/promises";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { type HttpClient, newHttpClient } from "@/attack/http-client";
import { openSessionCookie } from "@/features/session/session-cookie";
import { signedInClient } from "../support/accounts";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";

const SESSION_COOKIE = "authjs.session-token";
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]{86}$/;
const GRACE_SECONDS = 1;

const server = useServer({ SESSION_ROTATION_GRACE: String(GRACE_SECONDS) });

interface SignedInAnswer {
  accessToken: string;
  tokenType: string;
  expiresIn: number;
  user: { id: string; email: string };
}

/** A client of the API that has just signed in, with its token. */
async function newApiClient() {
  const { client, account } = await signedInClient(server());
  const { email, password } = account;
  const response = await client.post("/api/sign-in", { email, password });
  return { client, account, answer: (await response.json()) as SignedInAnswer };
}

const byToken = (accessToken: string) => ({ headers: { authorization: `Bearer ${accessToken}` } });
const meByToken = (accessToken: string) => server().client().get("/api/me", byToken(accessToken));
const refresh = (client: HttpClient) => client.post("/api/refresh");
const generationOf = (client: HttpClient) => openSessionCookie(client.cookies.get(SESSION_COOKIE), new Date())?.gen;

describe("an access token", () => {
  it("comes with the sign-in, is worth what the cookie is, and dies with the session", async () => {
    const { client, account, answer } = await newApiClient();
    const byCookie = await client.get("/api/me");
    const me = await byCookie.json();
    expect(answer).toEqual({
      ...{ accessToken: expect.stringMatching(COMPACT_JWS), tokenType: "Bearer", expiresIn: 300 },
      user: me.user,
    });
    expect(answer.user.email).toBe(account.email);

    const answered = await meByToken(answer.accessToken);
    expect([answered.status, await answered.json()]).toEqual([200, me]);
    expect(answered.headers.getSetCookie()).toEqual([]);

    expect((await client.post("/api/sign-out")).status).toBe(204);
    const dead = await meByToken(answer.accessToken);
    expect(dead.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    await expectProblem(dead, 401, "session_ended", { reason: "signed_out" });
  });

  it("names nobody: its claims hold neither address nor name", async () => {
    const { answer, account } = await newApiClient();
    const claims = JSON.stringify(decodeJwt(answer.accessToken));

    expect(claims).not.toContain(account.email);
    expect(claims).not.toContain(account.name);
  });

  it("decides alone: a bad one is not made up for by a good cookie", async () => {
    const { client } = await newApiClient();
    for (const authorization of [
      "Bearer x",
      "Bearer %",
      "Basic YTpi",
      `Bearer ${client.cookies.get(SESSION_COOKIE)}`,
    ]) {
      const refused = await client.get("/api/me", { headers: { authorization } });
      expect(refused.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
      await expectProblem(refused, 401, "unauthenticated");
    }
    expect((await client.get("/api/me")).status).toBe(200);
  });

  it("is no session cookie", async () => {
    const { answer } = await newApiClient();
    const forger = server().client();
    forger.cookies.set(SESSION_COOKIE, answer.accessToken);

    await expectProblem(await forger.get("/api/me"), 401, "unauthenticated");
    await expectProblem(await refresh(forger), 401, "no_session");
    expect((await forger.get("/dashboard")).status).toBe(307);
  });

  it("stays out of the server's log", async () => {
    const { client, answer } = await newApiClient();
    await meByToken(answer.accessToken);
    await meByToken(`${answer.accessToken}x`);
    await refresh(client);

    expect(server().output()).not.toContain(answer.accessToken.slice(-40));
  });
});

describe("POST /api/refresh", () => {
  it("exchanges the cookie for its successor and a new token, again and again", async () => {
    const { client, answer } = await newApiClient();
    const sid = decodeJwt(answer.accessToken)["sid"];
    for (let generation = 1; generation <= 4; generation++) {
      const response = await refresh(client);
      const refreshed = (await response.json()) as SignedInAnswer;
      expect([response.status, refreshed]).toEqual([
        200,
        { ...answer, accessToken: expect.stringMatching(COMPACT_JWS) },
      ]);
      expect(generationOf(client)).toBe(generation);
      expect(decodeJwt(refreshed.accessToken)).toMatchObject({ sid, gen: generation });
      expect((await meByToken(refreshed.accessToken)).status).toBe(200);
    }
    expect((await meByToken(answer.accessToken)).status).toBe(200);
  });

  it("gives 50 that come at once with one cookie the same successor", async () => {
    const { client } = await newApiClient();
    const copies = Array.from({ length: 50 }, () => newHttpClient(server().origin, client.cookies));
    const answers = await Promise.all(copies.map(refresh));

    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(copies.map(generationOf)).toEqual(Array(50).fill(1));
  });

  it("ends the session when a copy of an older cookie is used, and its access tokens with it", async () => {
    const { client, answer } = await newApiClient();
    const thief = newHttpClient(server().origin, client.cookies);
    const refreshed = (await (await refresh(client)).json()) as SignedInAnswer;
    // Whoever uses the new token has received the new cookie: the old one is out of excuses.
    expect((await meByToken(refreshed.accessToken)).status).toBe(200);
    await sleep(GRACE_SECONDS * 1000 + 200);

    await expectProblem(await refresh(thief), 401, "session_ended", { reason: "reuse_detected" });
    await expectProblem(await refresh(client), 401, "session_ended", { reason: "reuse_detected" });
    for (const token of [answer.accessToken, refreshed.accessToken]) {
      await expectProblem(await meByToken(token), 401, "session_ended", { reason: "reuse_detected" });
    }
  });

  it("doesn't sign out whoever never got the answer", async () => {
    const { client } = await newApiClient();
    const before = new Map(client.cookies);
    await refresh(client);
    await sleep(GRACE_SECONDS * 1000 + 200);
    const again = newHttpClient(server().origin, before);

    expect((await refresh(again)).status).toBe(200);
    expect(generationOf(again)).toBe(1);
  });

  it("takes nothing but the cookie", async () => {
    const { answer } = await newApiClient();
    const nobody = server().client();

    await expectProblem(await refresh(nobody), 401, "no_session");
    await expectProblem(await nobody.post("/api/refresh", undefined, byToken(answer.accessToken)), 401, "no_session");
    nobody.cookies.set(SESSION_COOKIE, "rubbish");
    const refused = await refresh(nobody);
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    await expectProblem(refused, 401, "no_session");
  });

  it("says why the session has ended", async () => {
    const { client } = await newApiClient();
    const copy = newHttpClient(server().origin, client.cookies);
    await client.post("/api/sign-out");

    await expectProblem(await refresh(copy), 401, "session_ended", { reason: "signed_out" });
  });

  it("is not to be had from another site, nor by GET", async () => {
    const { client } = await newApiClient();
    const evil = await client.post("/api/refresh", undefined, { headers: { origin: "https://evil.test" } });

    await expectProblem(evil, 403, "cross_origin");
    expect((await client.get("/api/refresh")).status).toBe(405);
    expect(generationOf(client)).toBe(0);
  });
});
