import { setTimeout as sleep } from "node:timers/promises";

import { attack } from "../attack";
import { demand, demandStatus } from "../demand";
import { copyOf, newSignedIn, resetTokenFor, type SignedIn, sessionCookieOf, signIn } from "../person";
import type { Target } from "../target";

/** A presented generation is noted a moment later. */
const NOTED_MS = 200;
const TABS = 20;

/** Refreshes once, and returns the access token. */
async function refresh({ client }: Pick<SignedIn, "client">): Promise<string> {
  const response = await client.post("/api/refresh");
  demandStatus(response, 200, "a refresh");
  return ((await response.json()) as { accessToken: string }).accessToken;
}

/** A15: a cookie from before the last rotations, once nothing excuses it, is a thief's: the whole session ends. */
async function reuse(target: Target): Promise<void> {
  const signedIn = await newSignedIn(target);
  const elsewhere = await signIn(target, signedIn.person);
  const stolen = copyOf(target, signedIn);
  for (let times = 0; times < 2; times++) {
    await refresh(signedIn);
    demandStatus(await signedIn.client.get("/api/me"), 200, "the refreshed cookie");
    await sleep(NOTED_MS);
  }
  await sleep((target.graceSeconds + 1) * 1_000);
  demandStatus(await stolen.post("/api/refresh"), 401, "a superseded cookie after the grace");
  demandStatus(await signedIn.client.post("/api/refresh"), 401, "the newest cookie after the reuse");
  demandStatus(await signedIn.client.get("/api/me"), 401, "the newest cookie at /api/me after the reuse");
  demandStatus(await elsewhere.client.get("/api/me"), 200, "the person's other session");
}

/** A16: tabs that refresh at once, over all instances, all stay signed in, and end up with one successor. */
async function concurrentRefresh(target: Target): Promise<void> {
  const signedIn = await newSignedIn(target);
  const tabs = Array.from({ length: TABS }, (_, index) => copyOf(target, signedIn, index));
  const answers = await Promise.all(tabs.map((tab) => tab.post("/api/refresh")));
  for (const answer of answers) demandStatus(answer, 200, `one of ${TABS} refreshes at once`);
  for (const tab of tabs) demandStatus(await tab.get("/api/me"), 200, "a tab after refreshing at once");
}

/** A17: what is unknown ends nothing, what is over stays over. */
async function lineage(target: Target): Promise<void> {
  const signedIn = await newSignedIn(target);
  const { name, value } = sessionCookieOf(signedIn.client);
  const parent = copyOf(target, signedIn);
  await refresh(signedIn);
  demandStatus(await parent.post("/api/refresh"), 200, "the parent inside the grace");
  const changed = `${value.slice(0, -2)}${value.endsWith("AA") ? "BB" : "AA"}`;
  demandStatus(
    await target.client(new Map([[name, changed]])).post("/api/refresh"),
    401,
    "a cookie with one byte changed",
  );
  demandStatus(await signedIn.client.get("/api/me"), 200, "the session after an unknown cookie");
  const last = copyOf(target, signedIn);
  await signedIn.client.post("/api/sign-out");
  demandStatus(await last.post("/api/refresh"), 401, "the newest cookie after the sign-out");
  demandStatus(await parent.post("/api/refresh"), 401, "the parent after the sign-out");
}

/** A18: each kind of token is good for what it is for, and nothing else. */
async function tokenConfusion(target: Target): Promise<void> {
  const signedIn = await newSignedIn(target);
  const { name, value } = sessionCookieOf(signedIn.client);
  const mailed = await resetTokenFor(target, signedIn.person.email);
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const asCookie = (token: string) => target.client(new Map([[name, token]]));
  demandStatus(await target.client().get("/api/me", bearer(value)), 401, "the session cookie as Bearer");
  demandStatus(await target.client().get("/api/me", bearer(mailed)), 401, "a mailed token as Bearer");
  demandStatus(await asCookie(signedIn.accessToken).get("/api/me"), 401, "an access token as session cookie");
  demandStatus(await asCookie(signedIn.accessToken).post("/api/refresh"), 401, "an access token as refresh");
  demandStatus(await asCookie(mailed).get("/api/me"), 401, "a mailed token as session cookie");
  const refreshed = await target.client().post("/api/refresh", undefined, bearer(signedIn.accessToken));
  demandStatus(refreshed, 401, "an access token at /api/refresh");
  const verified = await target.client().post("/api/verify-email", { token: signedIn.accessToken });
  demandStatus(verified, [400, 422], "an access token in a mail's place");
}

/** A19: a session's end ends its access tokens; there is no endpoint that tells strangers about tokens. */
async function revocation(target: Target): Promise<void> {
  const signedIn = await newSignedIn(target);
  const other = await signIn(target, signedIn.person);
  const headers = { authorization: `Bearer ${signedIn.accessToken}` };
  demandStatus(await target.client().get("/api/me", { headers }), 200, "the access token before");
  for (const path of ["/api/token/revoke", "/api/token/introspect"]) {
    const body = new URLSearchParams({ token: other.accessToken }).toString();
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await signedIn.client.request("POST", path, { body, headers: form });
    demand([401, 404].includes(answer.status), `${path} answers ${answer.status} to somebody else's token`);
  }
  demandStatus(await other.client.get("/api/me"), 200, "the session whose token another one tried to revoke");
  await signedIn.client.post("/api/sign-out");
  demandStatus(await target.client().get("/api/me", { headers }), 401, "the access token after its session's end");
}

const needs = ["mailbox"] as const;

export const refreshAttacks = [
  attack("A15", "Hydra, GoTrue, oidc-provider", "A superseded cookie is presented again", reuse, { needs }),
  attack("A16", "CVE-2026-53517, GoTrue", "Many refreshes at once", concurrentRefresh, {
    needs,
    heldBy: "tests/attack/refresh-reuse.test.ts",
  }),
  attack("A17", "SuperTokens, Hydra", "Parents, strangers and leftovers", lineage, {
    needs,
    heldBy: "tests/attack/refresh-reuse.test.ts",
  }),
  attack("A18", "RFC 8725, RFC 9068", "Each token in each other's place", tokenConfusion, { needs }),
  attack("A19", "RFC 7009, RFC 7662", "Revocation of tokens", revocation, {
    needs,
    heldBy: "tests/attack/revocation.test.ts",
  }),
];
