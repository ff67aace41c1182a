import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { attack, fromInside } from "../attack";
import { demand, demandStatus } from "../demand";
import {
  copyOf,
  newPassword,
  newPerson,
  newSignedIn,
  requireSession,
  resetTokenFor,
  type SignedIn,
  sessionCookieOf,
  signIn,
} from "../person";
import type { Target } from "../target";

const MAX_COOKIE_BYTES = 4096;
const MAX_COOKIES_BYTES = 8192;
/** How long other instances may take to hear that a session ended: REVOCATION_MAX_STALENESS, and a little. */
const STALENESS_MS = 1_500;

/** A1: what a stolen line, a neighbour's domain or a script could do with the cookie. */
async function cookieFlags(target: Target): Promise<void> {
  const { email, password } = await newPerson(target);
  const response = await target.client().post("/api/sign-in", { email, password });
  demandStatus(response, 200, "sign-in");
  const lines = response.headers.getSetCookie();
  const session = lines.find((line) => line.includes("authjs.session-token="));
  demand(session !== undefined, "the sign-in set no session cookie");
  for (const line of lines) {
    const [name = ""] = line.split("=");
    demand(/;\s*httponly/i.test(line), `${name} can be read by scripts: no HttpOnly`);
    demand(/;\s*samesite=(?:lax|strict)/i.test(line), `${name} is sent along from other sites: no SameSite`);
    demand(!/;\s*domain=/i.test(line), `${name} is sent to subdomains: it has a Domain`);
    demand(/;\s*path=\/(?:;|$)/i.test(line), `${name} has another Path than /`);
    if (!target.has("https")) continue;
    demand(/;\s*secure/i.test(line), `${name} is sent over http: no Secure`);
    demand(name.startsWith("__Host-"), `${name} can be overwritten by a neighbour: no __Host- prefix`);
  }
}

/** A2: nothing that opens anything stands in what a script on the page could read. */
async function nothingForScripts(target: Target): Promise<void> {
  const signedIn = await newSignedIn(target);
  const { client } = signedIn;
  const paths = ["/dashboard", "/profile", "/settings/security", "/settings/sessions", "/api/me", "/api/sessions"];
  for (const path of [...paths, "/api/auth/session"]) {
    const headers: Record<string, string>[] = path.startsWith("/api/") ? [{}] : [{}, { rsc: "1" }];
    for (const header of headers) {
      const body = await (await client.get(path, { headers: header })).text();
      const held = [...client.cookies].find(([, value]) => value.length >= 20 && body.includes(value));
      demand(!held, `${path} holds the value of the cookie ${held?.[0]}`);
      demand(!body.includes(signedIn.accessToken), `${path} holds an access token`);
      demand(!/\$2[aby]\$\d\d\$|\$argon2/.test(body), `${path} holds a password's hash`);
    }
  }
}

/** A3: cookies that outgrow what servers and browsers take sign people out for good. */
async function cookieSize(target: Target): Promise<void> {
  const { client } = await newSignedIn(target, { name: "Wolfeschlegelsteinhausenbergerdorff ".repeat(2).trim() });
  const sizes = [...client.cookies].map(([name, value]) => [name, name.length + value.length + 1] as const);
  for (const [name, bytes] of sizes) demand(bytes <= MAX_COOKIE_BYTES, `${name} has ${bytes} bytes`);
  const sum = sizes.reduce((total, [, bytes]) => total + bytes, 0);
  demand(sum < MAX_COOKIES_BYTES, `all cookies together have ${sum} bytes`);
  demandStatus(await client.get("/api/me"), 200, "the next request");
}

/** A4: a session that the attacker chose is not the one that the victim signs in to. */
async function sessionFixation(target: Target): Promise<void> {
  const attacker = await newSignedIn(target);
  const victim = await newPerson(target);
  const browser = copyOf(target, attacker);
  const planted = sessionCookieOf(browser).value;
  await signIn(target, victim, browser);
  demand(sessionCookieOf(browser).value !== planted, "the planted cookie is still the session cookie");
  await sleep(STALENESS_MS);
  demandStatus(await attacker.client.get("/api/me"), 401, "the planted session after the victim's sign-in");
}

/** A5: nothing but a cookie that the target itself made is one, and a key that a token names is not fetched. */
async function forgedCookies(target: Target): Promise<void> {
  const signedIn = await newSignedIn(target);
  const { name, value } = sessionCookieOf(signedIn.client);
  const fetched: string[] = [];
  const bait = createServer((request, response) => {
    fetched.push(request.url ?? "");
    response.end('{"keys":[]}');
  });
  bait.listen(0, "127.0.0.1");
  await once(bait, "listening");
  const baitUrl = `http://127.0.0.1:${(bait.address() as AddressInfo).port}/keys`;
  try {
    for (const [kind, forged] of Object.entries(forgeriesOf(value, baitUrl))) {
      const answer = await target.client(new Map([[name, forged]])).get("/api/me");
      demandStatus(answer, [401, 431], `a session cookie with ${kind}`);
    }
    for (const [kind, forged] of Object.entries(forgeriesOf(signedIn.accessToken, baitUrl))) {
      const headers = { authorization: `Bearer ${forged}` };
      demandStatus(await target.client().get("/api/me", { headers }), [400, 401, 431], `an access token with ${kind}`);
    }
    demand(fetched.length === 0, "a key set that the token named was fetched");
  } finally {
    bait.close();
  }
  demandStatus(await signedIn.client.get("/api/me"), 200, "the genuine cookie afterwards");
}

function forgeriesOf(genuine: string, baitUrl: string): Record<string, string> {
  const [head = "", ...rest] = genuine.split(".");
  const encode = (header: object) => Buffer.from(JSON.stringify(header)).toString("base64url");
  const header = decode(head);
  const withHeader = (change: object) => [encode({ ...header, ...change }), ...rest].join(".");
  const claims = encode({ sub: "1", sid: "1", exp: 9_999_999_999, user: { id: "1" } });
  const last = rest.at(-1) ?? "";
  const flipped = `${last.startsWith("A") ? "B" : "A"}${last.slice(1)}`;
  return {
    "alg none": `${encode({ alg: "none" })}.${claims}.`,
    "HS256 and an empty key": `${encode({ alg: "HS256" })}.${claims}.${Buffer.alloc(32).toString("base64url")}`,
    "another kid": withHeader({ kid: "another" }),
    "a jku": withHeader({ jku: baitUrl }),
    "an x5u": withHeader({ x5u: baitUrl }),
    "a key of its own": withHeader({ jwk: { kty: "oct", k: "AA" } }),
    "another typ": withHeader({ typ: "other" }),
    "a flipped bit": [head, ...rest.slice(0, -1), flipped].join("."),
    "half of its length": genuine.slice(0, genuine.length / 2),
    "something behind it": `${genuine}x`,
    "10 KB": "A".repeat(10_000),
    "a percent sign": "%",
  };
}

function decode(part: string): object {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString()) as object;
  } catch {
    return {};
  }
}

/** A6: what was copied before the sign-out opens nothing after it. */
async function replayAfterSignOut(target: Target): Promise<void> {
  const signedIn = await newSignedIn(target);
  const copies = target.addresses.map((_, instance) => copyOf(target, signedIn, instance));
  const out = await signedIn.client.post("/api/sign-out");
  demandStatus(out, 204, "sign-out");
  demand(/cookies/.test(out.headers.get("clear-site-data") ?? ""), "sign-out sends no Clear-Site-Data");
  await sleep(STALENESS_MS);
  await demandDead(target, copies, "after the sign-out", signedIn);
  demandStatus(await signedIn.client.post("/api/sign-out"), 204, "signing out twice");
}

async function demandDead(
  target: Target,
  copies: readonly ReturnType<Target["client"]>[],
  when: string,
  { accessToken }: Pick<SignedIn, "accessToken">,
): Promise<void> {
  for (const copy of copies) {
    demandStatus(await copy.get("/api/me"), 401, `a copied cookie at /api/me ${when}`);
    demandStatus(await copy.post("/api/refresh"), 401, `a copied cookie at /api/refresh ${when}`);
    demandStatus(await copy.get("/dashboard"), [303, 307], `a copied cookie at /dashboard ${when}`);
  }
  const headers = { authorization: `Bearer ${accessToken}` };
  demandStatus(await target.client().get("/api/me", { headers }), 401, `a copied access token ${when}`);
}

/** A8: who was in the account before its password changed is out. */
async function endsOthersOnPasswordChange(target: Target): Promise<void> {
  const acting = await newSignedIn(target);
  const other = await signIn(target, acting.person);
  const before = sessionCookieOf(acting.client).value;
  const newPass = newPassword();
  const change = { currentPassword: acting.person.password, newPassword: newPass };
  demandStatus(await acting.client.post("/api/password/change", change), 204, "a password change");
  demand(sessionCookieOf(acting.client).value !== before, "the acting session kept its cookie");
  await sleep(STALENESS_MS);
  await demandDead(target, [copyOf(target, other)], "after a password change", other);
  demandStatus(await acting.client.get("/api/me"), 200, "the acting session after the change");

  const token = await resetTokenFor(target, acting.person.email);
  demandStatus(await target.client().post("/api/password/reset", { token, password: newPassword() }), 204, "a reset");
  await sleep(STALENESS_MS);
  demandStatus(await acting.client.get("/api/me"), 401, "a session after the reset");
}

/** A10: everybody sees and ends their own sessions, and nobody else's. */
async function ownSessionsOnly(target: Target): Promise<void> {
  const [mine, theirs] = await Promise.all([newSignedIn(target), newSignedIn(target)]);
  const second = await signIn(target, mine.person);
  const myIds = await sessionIds(mine);
  const [theirId = ""] = await sessionIds(theirs);
  demand(myIds.length === 2, `the list has ${myIds.length} sessions, not the 2 that there are`);
  demand(!myIds.includes(theirId), "the list shows another person's session");
  demandStatus(await mine.client.request("DELETE", `/api/sessions/${theirId}`), 404, "ending another's session");
  demandStatus(await theirs.client.get("/api/me"), 200, "the other person's session");

  const current = await requireSession(mine);
  const otherId = myIds.find((id) => id !== current) ?? "";
  demandStatus(await mine.client.request("DELETE", `/api/sessions/${otherId}`), 204, "ending one's own other session");
  await sleep(STALENESS_MS);
  demandStatus(await second.client.get("/api/me"), 401, "the session that was ended");
}

async function sessionIds({ client }: SignedIn): Promise<string[]> {
  const { sessions } = (await (await client.get("/api/sessions")).json()) as { sessions: { id: string }[] };
  return sessions.map(({ id }) => id);
}

export const sessionCookieAttacks = [
  attack("A1", "ASVS 3.3, Auth.js", "The session cookie's flags", cookieFlags, { needs: ["mailbox"] }),
  attack("A2", "ASVS 10.1.1", "Secrets in what scripts can read", nothingForScripts, { needs: ["mailbox"] }),
  attack("A3", "Auth.js cookie.ts", "Cookies that outgrow the headers", cookieSize, { needs: ["mailbox"] }),
  attack("A4", "ASVS 7.2.4, Kratos", "Session fixation", sessionFixation, { needs: ["mailbox"] }),
  attack("A5", "RFC 8725, GHSA-xmf8", "Forged and mangled tokens", forgedCookies, { needs: ["mailbox"] }),
  attack("A6", "ASVS 7.4.1, SuperTokens", "Replay after sign-out", replayAfterSignOut, { needs: ["mailbox"] }),
  fromInside("A7", "GoTrue, Keycloak", "Idle and absolute limits under a moved clock", "tests/fault/clock.test.ts"),
  attack("A8", "Kratos, better-auth", "Sessions that outlive the password", endsOthersOnPasswordChange, {
    needs: ["mailbox"],
  }),
  fromInside("A9", "GoTrue, Keycloak", "A live session of a banned account", "tests/attack/changed-account.test.ts"),
  attack("A10", "ASVS 7.5.2", "Other people's sessions", ownSessionsOnly, { needs: ["mailbox"] }),
];
