import { describe, expect, it } from "vitest";

import { confirmConnection, declineConnection, findIdentityToConfirm } from "@/features/connection/confirm-connection";
import { holdIdentity } from "@/features/connection/hold-identity";
import { getAccessToken } from "@/features/provider-token/get-access-token";
import type { ProviderClient } from "@/features/provider-token/request-renewal";
import type { SessionClaims } from "@/features/session/session-claims";
import { type ProviderSignIn, signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession } from "../session-overview/people";
import {
  answer,
  auditOf,
  beginFlow,
  enableProviders,
  linksOf,
  NOW,
  newIdentity,
  ORIGIN,
  patiently,
} from "./identities";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
enableProviders("GOOGLE", "GITHUB");

const LIFETIME_SECONDS = 10 * 60;
const CONNECTED = { ok: true, value: "connected", provider: "google" };
const EXPIRED = { ok: false, refusal: "expired", provider: null };

const confirm = (claims: SessionClaims, token: string, now = NOW) =>
  confirmConnection({ userId: claims.sub, sessionId: claims.sid, origin: ORIGIN }, token, now);

/** An account, and somebody at a provider with its address. */
async function ownerAndIdentity(overrides: Partial<ProviderSignIn> = {}) {
  const claims = await newSession(await newPerson(), NOW);
  const person = newIdentity({ email: claims.email, ...overrides });
  return { claims, person, token: (await holdIdentity(person, NOW)) ?? "" };
}

describe("holdIdentity", () => {
  it("keeps the identity with a hash of the browser's token, and nothing that opens an account", async () => {
    const { claims, person, token } = await ownerAndIdentity();

    expect(token).toHaveLength(43);
    expect(await linksOf(claims.sub)).toEqual([]);
    expect(await db().connectionRequest.findFirst({ where: { userId: claims.sub } })).toMatchObject({
      ...{ sessionId: null, provider: "google", providerAccountId: person.providerAccountId },
      ...{ providerEmail: claims.email, expiresAt: addSeconds(NOW, LIFETIME_SECONDS) },
    });
    expect(await findIdentityToConfirm(token, NOW)).toMatchObject({ userId: claims.sub, provider: "google" });
  });

  it("keeps one of an identity: a newer one takes its place", async () => {
    const { claims, person, token } = await ownerAndIdentity();
    const newer = (await holdIdentity(person, NOW)) ?? "";

    expect(await findIdentityToConfirm(token, NOW)).toBeNull();
    expect((await confirm(claims, newer)).ok).toBe(true);
  });

  it("keeps nothing for an address without an account", async () => {
    expect(await holdIdentity(newIdentity(), NOW)).toBeNull();
  });
});

describe("confirmConnection", () => {
  it("links the identity, once its address's owner asks for it, with its tokens", async () => {
    const tokens = { accessToken: "at", refreshToken: "rt", scope: null, tokenType: "bearer" };
    const expiresAt = addSeconds(NOW, 3600);
    const { claims, person, token } = await ownerAndIdentity({ tokens: { ...tokens, expiresAt } });

    expect(await confirm(claims, token)).toEqual(CONNECTED);
    expect(await signInWithProvider(person, NOW)).toEqual({ ok: true, value: { userId: claims.sub } });
    expect(await auditOf(claims.sub)).toMatchObject([{ kind: "connection_added", sessionId: claims.sid, ...ORIGIN }]);
    // The provider is not asked: the token is good for an hour.
    expect(await getAccessToken(claims.sub, "google", {} as ProviderClient, NOW)).toEqual({
      ok: true,
      value: { accessToken: "at", expiresAt, scope: null },
    });
  });

  it("refuses whoever is signed in to another account, and leaves it to its owner (A66)", async () => {
    const { claims, token } = await ownerAndIdentity();
    const other = await newSession(await newPerson(), NOW);

    expect(await confirm(other, token)).toEqual({ ok: false, refusal: "expired", provider: "google" });
    expect([await linksOf(other.sub), await linksOf(claims.sub)]).toEqual([[], []]);
    expect((await confirm(claims, token)).ok).toBe(true);
  });

  it.each([
    { seconds: LIFETIME_SECONDS - 1, outcome: CONNECTED },
    { seconds: LIFETIME_SECONDS, outcome: EXPIRED },
    { seconds: LIFETIME_SECONDS + 1, outcome: EXPIRED },
  ])("$seconds s later: $outcome.ok (A41)", async ({ seconds, outcome }) => {
    const { claims, token } = await ownerAndIdentity();

    expect(await confirm(claims, token, addSeconds(NOW, seconds))).toEqual(outcome);
  });

  it("takes a token once, also of twenty at once (A43)", async () => {
    const { claims, token } = await ownerAndIdentity();
    const results = await Promise.all(Array.from({ length: 20 }, () => patiently(() => confirm(claims, token))));

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await linksOf(claims.sub)).toHaveLength(1);
    expect(await confirm(claims, token)).toEqual(EXPIRED);
  });

  it("refuses once the account has moved to another address", async () => {
    const { claims, token } = await ownerAndIdentity();
    await db().user.update({ where: { id: claims.sub }, data: { email: "moved@x.test" } });

    expect(await confirm(claims, token)).toEqual(EXPIRED);
    expect(await linksOf(claims.sub)).toEqual([]);
  });

  it("refuses an identity that became another account's meanwhile", async () => {
    const { claims, person, token } = await ownerAndIdentity();
    const faster = await newSession(await newPerson(), NOW);
    await answer(await beginFlow(faster), person, faster);

    expect(await confirm(claims, token)).toEqual({ ok: false, refusal: "linked_elsewhere", provider: "google" });
  });

  it.each(["", "x", "a".repeat(5000)])("refuses a token that is none: %j", async (token) => {
    const { claims } = await ownerAndIdentity();

    expect(await confirm(claims, token)).toEqual(EXPIRED);
  });

  it("never takes the token of a flow under Settings for one of these, nor the other way round (A45)", async () => {
    const { claims, person, token } = await ownerAndIdentity();
    const flow = await beginFlow(claims);

    expect(await confirm(claims, flow)).toEqual(EXPIRED);
    expect(await answer(token, person, claims)).toBeNull();
    expect(await linksOf(claims.sub)).toEqual([]);
  });

  it("forgets what was declined", async () => {
    const { claims, token } = await ownerAndIdentity();
    await declineConnection(token);

    expect(await confirm(claims, token)).toEqual(EXPIRED);
  });
});

const LOCAL = ["none", "pending", "verified", "with a second factor"] as const;
const CLAIMS = [{ email_verified: true }, { email_verified: false }, {}, { email_verified: "false" }];
const CASES = ["the same", "another"] as const;
const MATRIX = LOCAL.flatMap((local) =>
  CLAIMS.flatMap((profile) => CASES.map((spelling) => ({ local, profile, spelling }))),
);

let addresses = 0;

/** What is here under an address before somebody comes with it from a provider. */
async function prepare(local: (typeof LOCAL)[number]): Promise<{ email: string; userId: string | null }> {
  addresses += 1;
  const email = `matrix-${addresses}@x.test`;
  if (local === "none") return { email, userId: null };
  if (local === "pending") {
    await signUp(SignUpSchema.parse({ email, password: "attacker's own words" }), NOW);
    return { email, userId: null };
  }
  const { id } = await db().user.create({ data: { email, emailVerified: NOW } });
  await db().password.create({ data: { userId: id, hash: "a hash" } });
  if (local === "with a second factor") {
    await db().totpFactor.create({ data: { userId: id, sealedSecret: new Uint8Array(1), confirmedAt: NOW } });
  }
  return { email, userId: id };
}

describe("somebody who comes from a provider with an address (A66)", () => {
  it.each(MATRIX)("here: $local, the provider says $profile, in $spelling spelling", async (one) => {
    const { email, userId } = await prepare(one.local);
    const vouched = one.profile.email_verified === true;
    const spelt = one.spelling === "another" ? email.replace("matrix", "MaTRix").replace("x.test", "X.Test") : email;
    const person = newIdentity({ email: spelt, profile: one.profile });
    const admitted = await signInWithProvider(person, NOW);
    const token = await holdIdentity(person, NOW);
    const account = await db().user.findUnique({ where: { email }, include: { password: true, accounts: true } });

    if (userId !== null) {
      // Only a vouched-for address leads to the owner, and only the owner's own proof goes on from there.
      expect(admitted).toEqual({ ok: false, refusal: vouched ? "account_exists" : "email_not_verified" });
      expect(token === null).toBe(!vouched);
      expect(account).toMatchObject({ id: userId, accounts: [], password: { hash: "a hash" } });
      return;
    }
    if (!vouched) {
      expect([admitted, token, account]).toEqual([{ ok: false, refusal: "email_not_verified" }, null, null]);
      return;
    }
    // Nobody has proven the address before: what others began in its name is gone (A36).
    expect(admitted).toEqual({ ok: true, value: { userId: account?.id } });
    expect(account).toMatchObject({ password: null, accounts: [{ providerAccountId: person.providerAccountId }] });
    expect(await db().signUp.count({ where: { email } })).toBe(0);
  });
});
