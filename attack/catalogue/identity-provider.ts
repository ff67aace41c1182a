import { randomBytes } from "node:crypto";

import { attack, fromInside } from "../attack";
import { demand, NotApplicable, requireStep } from "../demand";
import { HOSTILE_CLIENT, HOSTILE_PROVIDER, type HostileIssuer, type Trick } from "../hostile-issuer";
import type { HttpClient } from "../http-client";
import { newAddress, newPerson } from "../person";
import type { Target } from "../target";

const random = () => randomBytes(8).toString("hex");

function issuerOf(target: Target): HostileIssuer {
  if (!target.hostileIssuer) throw new NotApplicable("the target doesn't have the kit's issuer as a provider");
  return target.hostileIssuer;
}

/** A sign-in on its way to the issuer. */
interface Begun {
  readonly client: HttpClient;
  readonly state: string;
  readonly nonce: string | undefined;
}

async function begin(target: Target, client: HttpClient = target.client()): Promise<Begun> {
  const { csrfToken } = (await (await client.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const sent = await client.request("POST", `/api/auth/signin/${HOSTILE_PROVIDER}`, {
    body: new URLSearchParams({ csrfToken, callbackUrl: "/dashboard" }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  requireStep(sent, [302, 303, 307], "beginning a sign-in at the provider");
  const { searchParams } = new URL(sent.headers.get("location") ?? "", target.origin);
  const state = searchParams.get("state");
  if (!state) throw new Error("the target sends no state to the provider");
  return { client, state, nonce: searchParams.get("nonce") ?? undefined };
}

interface Person {
  readonly sub: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

const newProviderPerson = (): Person => ({ sub: random(), email: newAddress("provider"), emailVerified: true });

/** Comes back from the issuer with a code that stands for this trick. */
async function comeBack(
  target: Target,
  begun: Begun,
  trick: Trick = {},
  person = newProviderPerson(),
): Promise<Response> {
  const issuer = issuerOf(target);
  const code = random();
  issuer.expect(code, { nonce: begun.nonce, trick, person });
  return callBack(begun.client, { code, state: begun.state, iss: issuer.issuer });
}

const callBack = (client: HttpClient, parameters: Readonly<Record<string, string>>) =>
  client.get(`/api/auth/callback/${HOSTILE_PROVIDER}?${new URLSearchParams(parameters)}`);

async function isIn(client: HttpClient): Promise<boolean> {
  return (await client.get("/api/me")).status === 200;
}

async function demandOut(client: HttpClient, response: Response, what: string): Promise<void> {
  demand(response.status < 500, `${what}: answered ${response.status}`);
  demand(!(await isIn(client)), `${what} signs somebody in`);
}

/** A61: a callback that this browser didn't begin signs nobody in. */
async function foreignCallback(target: Target): Promise<void> {
  const stranger = target.client();
  await demandOut(stranger, await callBack(stranger, { code: "x", state: "y" }), "a callback out of nowhere");
  const honest = await begin(target);
  requireStep(await comeBack(target, honest), [302, 303, 307], "an honest sign-in");
  if (!(await isIn(honest.client))) throw new Error("an honest sign-in at the kit's issuer signs nobody in");
  const begun = await begin(target);
  const other = target.client();
  await demandOut(other, await comeBack(target, { ...begun, client: other }), "a callback in another browser");
  const altered = await begin(target);
  const state = `${altered.state.slice(0, -1)}${altered.state.endsWith("A") ? "B" : "A"}`;
  await demandOut(altered.client, await comeBack(target, { ...altered, state }), "a callback with another state");
  const got = target.client();
  await got.get(`/api/auth/signin/${HOSTILE_PROVIDER}`);
  demand(![...got.cookies.keys()].some((name) => /state|pkce|nonce|flow/.test(name)), "a GET begins a sign-in");
}

/** A62: a code of one sign-in is worth nothing in another. */
async function swappedCode(target: Target): Promise<void> {
  const issuer = issuerOf(target);
  const [attackers, victims] = [await begin(target), await begin(target)];
  const code = random();
  issuer.expect(code, { nonce: attackers.nonce, trick: {}, person: newProviderPerson() });
  const response = await callBack(victims.client, { code, state: victims.state, iss: issuer.issuer });
  await demandOut(victims.client, response, "another sign-in's code");
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** What an ID token must not get away with. */
const badTokens = (): Readonly<Record<string, Trick>> => ({
  "no signature": { signature: "none" },
  "a garbage signature": { signature: "garbage" },
  "a payload that was altered": { signature: "altered_payload" },
  "the client's secret as its key": { signature: "client_secret" },
  "a key that nobody published": { signature: "unknown_key" },
  "an unknown kid": { signature: "unknown_key", header: { kid: "nobodys" } },
  "another nonce": { claims: { nonce: "another" } },
  "no nonce": { claims: { nonce: undefined } },
  "another audience": { claims: { aud: "somebody-else" } },
  "two audiences and no azp": { claims: { aud: [HOSTILE_CLIENT.id, "somebody-else"] } },
  "another azp": { claims: { azp: "somebody-else" } },
  "another issuer": { claims: { iss: "https://evil.test" } },
  "no issuer": { claims: { iss: undefined } },
  "no sub": { claims: { sub: undefined } },
  "no exp": { claims: { exp: undefined } },
  "an exp that is past": { claims: { exp: nowSeconds() - 3_600 } },
  "an iat far in the future": { claims: { iat: nowSeconds() + 86_400 } },
  "another sub than userinfo's": { userinfo: { sub: "somebody-else" } },
});

/** A63: an ID token that isn't sound in every point is none. New keys are taken up. */
async function forgedIdTokens(target: Target): Promise<void> {
  for (const [what, trick] of Object.entries(badTokens())) {
    const begun = await begin(target);
    const asked = issuerOf(target).asked.length;
    const response = await comeBack(target, begun, trick);
    // Whoever takes the claims from the ID token alone believes nothing of userinfo, and need not compare it.
    if (trick.userinfo && issuerOf(target).asked.length === asked) continue;
    await demandOut(begun.client, response, `an ID token with ${what}`);
  }
  await issuerOf(target).rotate();
  const begun = await begin(target);
  await comeBack(target, begun);
  demand(await isIn(begun.client), "after the issuer changed its key, an honest sign-in is refused");
}

/** A64: an answer of one issuer is none of another's. */
async function mixUp(target: Target): Promise<void> {
  const issuer = issuerOf(target);
  const begun = await begin(target);
  const code = random();
  issuer.expect(code, { nonce: begun.nonce, trick: {}, person: newProviderPerson() });
  const parameters = { code, state: begun.state, iss: "https://evil.test" };
  await demandOut(begun.client, await callBack(begun.client, parameters), "an answer of another issuer");
}

/** A65, A66: an address at some provider opens nobody's account. */
async function borrowedAddress(target: Target, verified: readonly unknown[]): Promise<void> {
  const victim = await newPerson(target);
  for (const emailVerified of verified) {
    const begun = await begin(target);
    const person = { sub: random(), email: victim.email, emailVerified: emailVerified === true };
    const claims = { email_verified: emailVerified };
    const response = await comeBack(target, begun, { claims, userinfo: claims }, person);
    demand(response.status < 500, `email_verified: ${emailVerified} answers ${response.status}`);
    const me = await (await begun.client.get("/api/me")).text();
    demand(
      !me.includes(victim.email),
      `a provider's word (email_verified: ${emailVerified}) opens the account of an address`,
    );
  }
}

/** A69: nothing that an issuer answers sends the target elsewhere, or fills its memory. */
async function luredElsewhere(target: Target): Promise<void> {
  const issuer = issuerOf(target);
  for (const tokenEndpoint of ["redirect", "huge", "error"] as const) {
    const begun = await begin(target);
    const beganMs = performance.now();
    const response = await comeBack(target, begun, { tokenEndpoint });
    await demandOut(begun.client, response, `a token endpoint that answers with: ${tokenEndpoint}`);
    demand(
      performance.now() - beganMs < 15_000,
      `a token endpoint that answers with ${tokenEndpoint} holds the target up`,
    );
  }
  demand(issuer.lured.length === 0, "the target followed a redirect of the issuer's");
}

const needs = ["hostile_issuer"] as const;
const withAccounts = ["hostile_issuer", "mailbox"] as const;

export const identityProviderAttacks = [
  attack("A61", "ASVS 10.2.1", "A callback that nobody here began", foreignCallback, { needs }),
  attack("A62", "RFC 9700 section 4.5", "Another sign-in's code", swappedCode, { needs }),
  attack("A63", "ASVS 6.8.2, OIDC Core", "ID tokens that aren't sound", forgedIdTokens, { needs, alone: true }),
  attack("A64", "RFC 9700 section 4.4, GHSA-x445", "Another issuer's answer", mixUp, { needs }),
  attack(
    "A65",
    "ASVS 6.8.1",
    "A provider that speaks for somebody else's address",
    (target) => borrowedAddress(target, [true]),
    {
      needs: withAccounts,
      heldBy: "tests/attack/pre-hijacking.test.ts",
    },
  ),
  attack(
    "A66",
    "GoTrue, better-auth",
    "Addresses that a provider doesn't vouch for",
    (target) => borrowedAddress(target, [false, undefined, "false", "true", 1]),
    { needs: withAccounts, heldBy: "tests/features/connection/confirm-connection.test.ts" },
  ),
  fromInside("A67", "OpenID Connect logout", "Sessions that outlive the provider's", null),
  fromInside("A68", "ASVS 10.5.3", "Discovery documents that aren't sound", null),
  attack("A69", "better-auth", "Answers that lead elsewhere", luredElsewhere, { needs, alone: true }),
];
