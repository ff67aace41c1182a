import { attack, fromInside } from "../attack";
import { demand, demandStatus } from "../demand";
import { newSignedIn, signUp } from "../person";
import { rawRequest } from "../raw-request";
import type { Target } from "../target";

const GATED_PAGES = [
  "/dashboard",
  "/profile",
  "/settings/security",
  "/settings/sessions",
  "/settings/connections",
  "/settings/privacy",
];
/** What stands on no page that a stranger may see: the sign-out button of the menu, and the pages' own headings. */
const MARKER = /Sign out|Your profile|Your sessions|Signed in as/i;

const NOBODYS_ID = "00000000-0000-7000-8000-000000000000";
/** Method, path: all that the contract keeps for people who are signed in. */
const GATED_CALLS: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/api/me"],
  ["GET", "/api/sessions"],
  ["DELETE", "/api/sessions"],
  ["DELETE", `/api/sessions/${NOBODYS_ID}`],
  ["POST", "/api/password/change"],
  ["POST", "/api/email/change"],
  ["POST", "/api/second-factor/totp"],
  ["POST", "/api/second-factor/totp/confirm"],
  ["DELETE", "/api/second-factor/totp"],
  ["POST", "/api/passkeys/registration-options"],
  ["POST", "/api/passkeys"],
  ["GET", "/api/passkeys"],
  ["DELETE", `/api/passkeys/${NOBODYS_ID}`],
  ["GET", "/api/account/export"],
  ["DELETE", "/api/account"],
];

const spellingsOf = (path: string): readonly string[] => [
  ...[`${path}.rsc`, `${path}?_rsc=x`, `${path}.segments/_tree.segment.rsc`, `${path}.segments/__PAGE__.segment.rsc`],
  ...[`${path}?nxtPpath=x`, `${path}/`, `/${path}`, `/.${path}`, `/x/..${path}`, `${path};x`, `${path}%00`],
  ...[path.toUpperCase(), path.replace("/", "/%2f"), `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`],
  ...[`/_next/data/x${path}.json`, `${path}.txt`, `${path}/index`],
];

const HEADERS: readonly Record<string, string>[] = [
  {},
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-segment-prefetch": "/_tree" },
];

/** A11: a gated page, by every spelling that some part of the framework takes for it. */
async function pagesBySpelling(target: Target): Promise<void> {
  for (const page of GATED_PAGES) {
    for (const path of spellingsOf(page)) await demandNoPage(target, path, {});
    for (const headers of HEADERS) await demandNoPage(target, page, headers);
  }
}

/** A12: headers by which the framework tells itself that its middleware has run already. */
async function skippedMiddleware(target: Target): Promise<void> {
  const names = ["middleware", "src/middleware", "proxy", "src/proxy", "pages/_middleware"];
  for (const name of names) {
    for (const times of [1, 5]) {
      const headers = { "x-middleware-subrequest": Array.from({ length: times }, () => name).join(":") };
      await demandNoPage(target, "/dashboard", headers);
      demandStatus(
        await target.client().get("/api/me", { headers }),
        401,
        `x-middleware-subrequest: ${name} ×${times}`,
      );
    }
  }
}

async function demandNoPage(target: Target, path: string, headers: Record<string, string>): Promise<void> {
  const answer = await rawRequest(target.addresses[0], { path, headers });
  const sent = [path, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join(", ");
  demand(!MARKER.test(answer.text), `${sent}: answered ${answer.status} with what only its owner may see`);
  demand(answer.status < 500, `${sent}: answered ${answer.status}`);
}

/** A13: everything that is gated, for everybody who isn't in. */
async function matrix(target: Target): Promise<void> {
  const expired = new Map([["authjs.session-token", "eyJhbGciOiJkaXIifQ..AAAA.AAAA.AAAA"]]);
  const challenge = new Map([["latchkey.sign-in-challenge", "A".repeat(43)]]);
  for (const [method, path] of GATED_CALLS) {
    for (const cookies of [undefined, expired, challenge]) {
      const body = method === "GET" ? {} : { json: { userId: NOBODYS_ID } };
      demandStatus(await target.client(cookies).request(method, path, body), 401, `${method} ${path}, not signed in`);
    }
  }
  if (!target.mailbox) return;
  const unverified = await signUp(target);
  demandStatus(await target.client().post("/api/sign-in", unverified), 403, "sign-in before the address is confirmed");
  const { client } = await newSignedIn(target);
  for (const [method, path] of GATED_CALLS.filter(([, gated]) => gated.includes(NOBODYS_ID))) {
    demandStatus(await client.request(method, path), 404, `${method} ${path} for an id that isn't theirs`);
  }
}

export const gatingAttacks = [
  attack("A11", "CVE-2026-44574, CVE-2026-64642", "Gated pages by other spellings", pagesBySpelling),
  attack("A12", "CVE-2025-29927", "Headers that skip the middleware", skippedMiddleware, {
    heldBy: "tests/http/gate.test.ts",
  }),
  attack("A13", "CVE-2025-61928, better-auth", "Every gated call for everybody who isn't in", matrix),
  fromInside("A14", "GHSA-8fpg", "Broken configuration and an absent database", "tests/http/configuration.test.ts"),
];
