import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { endProviderSessions } from "@/features/provider-session/end-provider-sessions";
import type { LogoutTokenExpectations } from "@/features/provider-session/logout-token";
import { describeProviderSession, openIdToken } from "@/features/provider-session/provider-session";
import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { completeChallenge } from "@/features/second-factor/complete-challenge";
import { startSession } from "@/features/session/start-session";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, now, proofOf } from "../session/person";

useDatabase();
const PROVIDER = "google";
let expectations: LogoutTokenExpectations;
let privateKey: CryptoKey;
let tokens = 0;

beforeAll(async () => {
  const pair = await generateKeyPair("RS256");
  privateKey = pair.privateKey;
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), alg: "RS256" }] });
  expectations = { issuer: "https://issuer.example", clientId: "latchkey", keys };
});

/** What an issuer signs. */
function sign(claims: Record<string, unknown>, typ = "logout+jwt"): Promise<string> {
  const iat = now.getTime() / 1000;
  const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
  return new SignJWT({
    iss: "https://issuer.example",
    aud: "latchkey",
    iat,
    exp: iat + 60,
    jti: `${++tokens}`,
    events,
    ...claims,
  })
    .setProtectedHeader({ alg: "RS256", typ })
    .sign(privateKey);
}

/** A session that was begun by signing in at the provider, whose own session is `sid`. */
async function newSession(userId: UserId, sid: string | null, method = PROVIDER): Promise<string> {
  const idToken = sid === null ? null : await sign({ sid }, "JWT");
  const providerSession = describeProviderSession(userId, idToken, { keepIdToken: true });
  const begun = await startSession(proofOf(userId, { method, amr: ["fed"], providerSession }), now);
  if (!begun.ok) throw new Error(begun.refusal);
  return begun.value.sid;
}

async function connectedPerson(subject: string): Promise<UserId> {
  const userId = await newPerson();
  await db().account.create({ data: { userId, type: "oidc", provider: PROVIDER, providerAccountId: subject } });
  return userId;
}

const reasonOf = async (id: string) => (await db().session.findUniqueOrThrow({ where: { id } })).endReason;
const end = (token: string) => endProviderSessions(PROVIDER, token, expectations, now);

describe("endProviderSessions", () => {
  it("ends the one session that a provider names, and tells the feed (A67)", async () => {
    const person = await connectedPerson("ada");
    const [ended, other] = [await newSession(person, "theirs-1"), await newSession(person, "theirs-2")];

    expect(await end(await sign({ sid: "theirs-1" }))).toEqual({ ok: true, value: 1 });
    expect([await reasonOf(ended), await reasonOf(other)]).toEqual(["signed_out", null]);
    expect(await db().revocationFeedEntry.count({ where: { sessionId: ended, endReason: "signed_out" } })).toBe(1);
    expect((await db().session.findUniqueOrThrow({ where: { id: ended } })).sealedIdToken).toBeNull();
  });

  it("ends all that a person began there when a person is named, and no session of another kind (A67)", async () => {
    const person = await connectedPerson("bob");
    const there = [await newSession(person, "bob-1"), await newSession(person, null)];
    const elsewhere = [
      await newSession(person, null, "password"),
      await newSession(await connectedPerson("eve"), "eve"),
    ];

    expect(await end(await sign({ sub: "bob" }))).toEqual({ ok: true, value: 2 });
    expect(await Promise.all(there.map(reasonOf))).toEqual(["signed_out", "signed_out"]);
    expect(await Promise.all(elsewhere.map(reasonOf))).toEqual([null, null]);
  });

  it("ends nothing where person and session don't belong together, or are unknown (A67)", async () => {
    const session = await newSession(await connectedPerson("cid"), "cid-1");
    await connectedPerson("dan");

    for (const claims of [{ sub: "dan", sid: "cid-1" }, { sid: "unknown" }, { sub: "unknown" }]) {
      expect(await end(await sign(claims))).toEqual({ ok: true, value: 0 });
    }
    expect(await reasonOf(session)).toBeNull();
  });

  it("takes a token once, also of many at the same time (A67)", async () => {
    const person = await connectedPerson("fay");
    await newSession(person, "fay-1");
    const token = await sign({ sub: "fay" });
    const answers = await Promise.all([1, 2, 3, 4].map(() => end(token)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);

    const later = await newSession(person, "fay-2");
    expect(await end(token)).toEqual({ ok: false, refusal: "invalid_logout_token" });
    expect(await reasonOf(later)).toBeNull();
  });

  it("finds a session that waited for its second factor in between", async () => {
    const person = await connectedPerson("gus");
    await db().totpFactor.create({ data: { userId: person, sealedSecret: new Uint8Array([1]), confirmedAt: now } });
    const providerSession = describeProviderSession(person, await sign({ sid: "gus-1" }, "JWT"), { keepIdToken: true });
    const firstFactor = { userId: person, method: PROVIDER, amr: ["fed"], remember: true, providerSession };
    const admission = await admitFirstFactor(firstFactor, undefined, now);
    if (admission.outcome === "complete") throw new Error("A second factor is on.");
    const proof = { userId: person, amr: ["otp"], origin: { ip: null, userAgent: null }, presentedCookie: undefined };
    const begun = await completeChallenge(admission.challengeToken, proof, now);

    const id = begun.ok ? begun.value.sid : "";
    const row = await db().session.findUniqueOrThrow({ where: { id }, select: { sealedIdToken: true } });
    expect(openIdToken(person, row.sealedIdToken)).toMatch(/^ey/);
    expect(await end(await sign({ sid: "gus-1" }))).toEqual({ ok: true, value: 1 });
    expect(await reasonOf(id)).toBe("signed_out");
  });
});

describe("describeProviderSession", () => {
  it("keeps the ID token only where it is asked for, sealed for its person", async () => {
    const idToken = await sign({ sid: "s" }, "JWT");
    const [ada, bob] = [await newPerson(), await newPerson()];

    expect(describeProviderSession(ada, idToken, { keepIdToken: false })).toEqual({
      ...{ providerSessionId: "s", sealedIdToken: null },
    });
    const { sealedIdToken } = describeProviderSession(ada, idToken, { keepIdToken: true });
    expect(Buffer.from(sealedIdToken ?? []).includes(idToken.slice(0, 20))).toBe(false);
    expect([openIdToken(ada, sealedIdToken), openIdToken(bob, sealedIdToken)]).toEqual([idToken, null]);
  });

  it.each([7, "", "x".repeat(256), undefined])("keeps no session id such as %j", async (sid) => {
    const idToken = await sign({ sid }, "JWT");
    expect(describeProviderSession("u" as UserId, idToken, { keepIdToken: false }).providerSessionId).toBeNull();
  });
});
