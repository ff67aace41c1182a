import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { HttpClient, RequestOptions } from "@/attack/http-client";
import { addSeconds } from "@/lib/clock";
import { type RunningIdentityProvider, startIdentityProvider } from "@/scripts/development/identity-provider";
import { codeAt } from "../features/second-factor/factor";
import { GOOD_PASSWORD, newAddress } from "../support/accounts";
import { holdAfterEachFault } from "../support/after-each-fault";
import { postToAuth } from "../support/auth-js";
import { newDatabase } from "../support/database";
import { TEST_ENVIRONMENT } from "../support/environment";
import { mailedToken } from "../support/mailed-token";
import { answerAs, beginFlow } from "../support/provider-flow";
import { type ServerInstances, startInstances } from "../support/server-instances";
import { ageCookie, claimsOf, storePerson } from "../support/session-cookies";

/** `STORM=200 npx vitest run --project fault balanced` for as many at once. */
const STORM = Number(process.env["STORM"] ?? 30);
const NEW_PASSWORD = "amber lantern over quiet water";
/** Mails that anybody can have sent to an address in an hour: features/sign-up/policy.ts. */
const MAX_VERIFICATION_MAILS = 5;
const CLIENT = { clientId: "latchkey-balanced", clientSecret: "latchkey-balanced-only" };

const database = newDatabase();
let identityProvider: RunningIdentityProvider;
let instances: ServerInstances;

holdAfterEachFault(() => instances);
beforeAll(async () => {
  await database.create();
  const redirectUris = [`${TEST_ENVIRONMENT.AUTH_URL}/api/auth/callback/google`];
  identityProvider = await startIdentityProvider({ port: 0, redirectUris, ...CLIENT });
  const variables = {
    ...{ AUTH_GOOGLE_ID: CLIENT.clientId, AUTH_GOOGLE_SECRET: CLIENT.clientSecret },
    ...{ AUTH_GOOGLE_ISSUER: identityProvider.issuer, LATCHKEY_DEV_IDENTITY_PROVIDER: identityProvider.issuer },
  };
  instances = await startInstances([variables, variables], () => database.url);
  instances.witness.note("the provider's secret", CLIENT.clientSecret);
});
afterAll(async () => {
  await instances?.stop();
  await identityProvider?.close();
  await database.drop();
});

let turn = 0;

/** A browser behind a balancer without stickiness: each of its requests reaches another instance than the one before. */
function newBrowser(): HttpClient {
  const cookies = new Map<string, string>();
  const request = async (method: string, path: string, options?: RequestOptions) => {
    const { all } = instances;
    const tab = all[turn++ % all.length]?.client(cookies);
    if (!tab) throw new Error("Two instances were started.");
    const response = await tab.request(method, path, options);
    cookies.clear();
    for (const [name, value] of tab.cookies) cookies.set(name, value);
    return response;
  };
  return {
    ...{ origin: TEST_ENVIRONMENT.AUTH_URL, cookies, request },
    get: (path, options) => request("GET", path, options),
    post: (path, json, options) => request("POST", path, json === undefined ? options : { ...options, json }),
  };
}

const atOnce = (count: number, ask: (index: number) => Promise<Response>) =>
  Promise.all(Array.from({ length: count }, async (_, index) => (await ask(index)).status));
const count = (statuses: readonly number[], status: number) => statuses.filter((one) => one === status).length;

describe("F10: two instances, and each request reaches the other one", () => {
  it("a life with a password: sign-up, confirmation, sign-in, refreshes, other sessions, sign-out", async () => {
    const [browser, other] = [newBrowser(), newBrowser()];
    const [email, password] = [newAddress(), GOOD_PASSWORD];
    expect((await browser.post("/api/sign-up", { email, password })).status).toBe(202);
    const token = await mailedToken(instances, email, "/verify-email");
    expect((await browser.post("/api/verify-email", { token })).status).toBe(200);
    for (const one of [browser, other]) expect((await one.post("/api/sign-in", { email, password })).status).toBe(200);
    for (let generation = 1; generation <= 4; generation++) {
      ageCookie(browser);
      expect((await browser.post("/api/refresh")).status).toBe(200);
      expect([(await browser.get("/api/me")).status, claimsOf(browser).gen]).toEqual([200, generation]);
    }
    expect((await browser.request("DELETE", "/api/sessions")).status).toBe(204);
    await expect.poll(async () => (await other.get("/api/me")).status, { timeout: 1_500, interval: 100 }).toBe(401);
    expect((await browser.get("/dashboard")).status).toBe(200);
    expect((await browser.post("/api/sign-out")).status).toBe(204);
    expect((await browser.get("/api/me")).status).toBe(401);
  });

  it("a sign-in with a provider, whose state, nonce and code verifier the other instance made; and a form's CSRF token", async () => {
    const browser = newBrowser();
    const email = newAddress();
    const back = await answerAs(await beginFlow(browser, "google"), email);
    const arrived = await browser.get(back);
    expect([arrived.status, arrived.headers.get("location")]).toEqual([302, `${TEST_ENVIRONMENT.AUTH_URL}/dashboard`]);
    const me = (await (await browser.get("/api/me")).json()) as { user: { email: string } };
    expect(me.user.email).toBe(email);
    const out = await postToAuth(browser, "/api/auth/signout", { callbackUrl: "/" });
    expect(out.status).toBe(302);
    expect((await browser.get("/api/me")).status).toBe(401);
  });

  it("a second factor: set up, confirmed and asked for by turns", async () => {
    const { email, password } = await storePerson(instances);
    const [browser, elsewhere] = [newBrowser(), newBrowser()];
    expect((await browser.post("/api/sign-in", { email, password })).status).toBe(200);
    const { secret } = (await (await browser.post("/api/second-factor/totp")).json()) as { secret: string };
    instances.witness.note("totp", secret);
    const confirmed = await browser.post("/api/second-factor/totp/confirm", { code: codeAt(secret, new Date()) });
    expect(confirmed.status).toBe(200);
    expect((await elsewhere.post("/api/sign-in", { email, password })).status).toBe(401);
    const code = codeAt(secret, addSeconds(new Date(), 30));
    expect((await elsewhere.post("/api/sign-in/second-factor", { code })).status).toBe(200);
    // The code is spent, on both.
    const again = newBrowser();
    await again.post("/api/sign-in", { email, password });
    expect(await atOnce(2, () => again.post("/api/sign-in/second-factor", { code }))).toEqual([401, 401]);
  });
});

describe("F14: storms, on two instances", () => {
  const deadlocks = async () =>
    (
      await instances.query<{ deadlocks: number }>(
        "SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()",
      )
    )[0]?.deadlocks;

  it(`${STORM} sign-ups for one address in all spellings, and as many confirmations with one token: one user`, async ({
    annotate,
  }) => {
    const [email, password] = [newAddress(), GOOD_PASSWORD];
    const spelling = (index: number) => (index % 2 === 0 ? email.toUpperCase() : email);
    const signedUp = await atOnce(STORM, (index) =>
      newBrowser().post("/api/sign-up", { email: spelling(index), password }),
    );
    await annotate(`202: ${count(signedUp, 202)}, 503: ${count(signedUp, 503)}`);
    expect(count(signedUp, 202)).toBeGreaterThan(0);
    expect(count(signedUp, 202) + count(signedUp, 503)).toBe(STORM);
    const mails = await instances.query("SELECT 1 FROM outgoing_mails WHERE recipient = $1", [email]);
    expect(mails.length).toBeLessThanOrEqual(MAX_VERIFICATION_MAILS);

    const token = await mailedToken(instances, email, "/verify-email");
    const verified = await atOnce(STORM, () => newBrowser().post("/api/verify-email", { token }));
    expect([count(verified, 200), count(verified, 400) + count(verified, 503)]).toEqual([1, STORM - 1]);
    const users = await instances.query("SELECT 1 FROM users WHERE lower(email) = $1", [email]);
    expect(users).toHaveLength(1);
    expect((await newBrowser().post("/api/sign-in", { email, password })).status).toBe(200);
    expect(await deadlocks()).toBe(0);
  });

  it("a password reset that twelve try at once, while others sign in with the old one: one success, one mail", async () => {
    const { email, password, id } = await storePerson(instances);
    expect((await newBrowser().post("/api/password/forgot", { email })).status).toBe(202);
    const token = await mailedToken(instances, email, "/reset-password");
    const [reset, signedIn] = await Promise.all([
      atOnce(12, () => newBrowser().post("/api/password/reset", { token, password: NEW_PASSWORD })),
      atOnce(6, () => newBrowser().post("/api/sign-in", { email, password })),
    ]);
    expect([count(reset, 204), count(reset, 400) + count(reset, 503)]).toEqual([1, 11]);
    expect(signedIn.filter((status) => ![200, 401, 503].includes(status))).toEqual([]);
    const told = await instances.query(
      "SELECT 1 FROM outgoing_mails WHERE recipient = $1 AND kind = 'password_changed'",
      [email],
    );
    const live = await instances.query("SELECT 1 FROM sessions WHERE user_id = $1 AND ended_at IS NULL", [id]);
    expect([told.length, live.length]).toEqual([1, 0]);
    expect((await newBrowser().post("/api/sign-in", { email, password: NEW_PASSWORD })).status).toBe(200);
    expect(await deadlocks()).toBe(0);
  });
});
