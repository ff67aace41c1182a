import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { disconnect } from "@/features/connection/disconnect";
import { listConnections } from "@/features/connection/list-connections";
import { checkSession } from "@/features/session/check-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession } from "../session-overview/people";
import { waitingMails } from "../sign-up/mails-of";
import { auditOf, connect, enableProviders, linksOf, NOW, newIdentity, ORIGIN, patiently } from "./identities";

useDatabase();
enableProviders("GOOGLE", "GITHUB");

const LAST = { ok: false, refusal: "last_sign_in_method" };
const NOT_FOUND = { ok: false, refusal: "not_found" };

const addPassword = (userId: UserId) => db().password.create({ data: { userId, hash: "a hash" } });
const by = (claims: SessionClaims, id: string) =>
  disconnect({ userId: claims.sub, sessionId: claims.sid, origin: ORIGIN }, id, NOW);
const stateOf = async (claims: SessionClaims) => {
  const check = await checkSession(sealSessionCookie(claims), { now: NOW, mayRotate: false, fresh: true });
  return check.state === "ended" ? check.reason : check.state;
};

/** Somebody with a password, signed in with it, and one connection. */
async function connectedPerson() {
  const claims = await newSession(await newPerson(), NOW);
  await addPassword(claims.sub);
  const tokens = { accessToken: "a", refreshToken: null, scope: null, tokenType: null, expiresAt: null };
  const person = newIdentity({ tokens });
  const id = await connect(claims, person);
  return { claims, person, id };
}

describe("disconnect", () => {
  it("removes the link with the provider's tokens, and the identity no longer signs in (A59)", async () => {
    const { claims, person, id } = await connectedPerson();
    expect(await db().providerToken.count({ where: { accountId: id } })).toBe(1);

    expect(await by(claims, id)).toEqual({ ok: true, value: { provider: "google" } });
    expect(await linksOf(claims.sub)).toEqual([]);
    expect(await db().providerToken.count({ where: { accountId: id } })).toBe(0);
    // It has an address of its own, so that it becomes an account of its own.
    expect(await signInWithProvider(person, NOW)).not.toMatchObject({ value: { userId: claims.sub } });
  });

  it("ends the person's other sessions that began with it, and no more (A8)", async () => {
    const { claims, id } = await connectedPerson();
    const byGoogle = await newSession(claims.sub, NOW, { method: "google" });
    const byPassword = await newSession(claims.sub, NOW);
    const somebodyElses = await newSession(await newPerson(), NOW, { method: "google" });
    await by(claims, id);

    const states = await Promise.all([claims, byGoogle, byPassword, somebodyElses].map(stateOf));
    expect(states).toEqual(["live", "revoked_by_user", "live", "live"]);
  });

  it("leaves the session that acts alone, also when it began with it", async () => {
    const { claims, id } = await connectedPerson();
    const acting = await newSession(claims.sub, NOW, { method: "google" });
    await by(acting, id);

    expect(await stateOf(acting)).toBe("live");
  });

  it("writes one mail and one audit event (A49, A95)", async () => {
    const { claims, id } = await connectedPerson();
    await by(claims, id);
    const mails = (await waitingMails()).filter(({ to }) => to === claims.email);

    expect(mails.map(({ subject }) => subject)).toEqual([
      "Google was connected to your account",
      "Google was disconnected from your account",
    ]);
    expect((await auditOf(claims.sub)).at(-1)).toEqual({
      ...{ kind: "connection_removed", sessionId: claims.sid },
      ...{ ...ORIGIN, details: { provider: "google" } },
    });
  });

  it("takes the wish to reconnect away with what it is about", async () => {
    const { claims, id } = await connectedPerson();
    await db().providerToken.update({ where: { accountId: id }, data: { needsConsentAt: NOW } });
    const before = await db().user.findUniqueOrThrow({ where: { id: claims.sub } });
    await by(claims, id);
    const after = await db().user.findUniqueOrThrow({ where: { id: claims.sub } });

    expect(after.claimsVersion).toBe(before.claimsVersion + 1);
    expect((await newSession(claims.sub, NOW)).err).toBeUndefined();
  });

  it("knows neither somebody else's connection, nor one that is gone, nor what is no id (A93)", async () => {
    const { claims } = await connectedPerson();
    const other = await connectedPerson();

    for (const id of [other.id, "00000000-0000-7000-8000-000000000000", "", "x", "' OR 1=1 --"]) {
      expect(await by(claims, id)).toEqual(NOT_FOUND);
    }
    expect(await linksOf(other.claims.sub)).toHaveLength(1);
    expect([(await by(other.claims, other.id)).ok, await by(other.claims, other.id)]).toEqual([true, NOT_FOUND]);
  });

  it("leaves the last way of signing in, and changes nothing (A59)", async () => {
    const { claims, id } = await connectedPerson();
    await db().password.delete({ where: { userId: claims.sub } });
    const byGoogle = await newSession(claims.sub, NOW, { method: "google" });

    expect(await by(claims, id)).toEqual(LAST);
    expect(await linksOf(claims.sub)).toHaveLength(1);
    expect(await stateOf(byGoogle)).toBe("live");
    expect((await auditOf(claims.sub)).map(({ kind }) => kind)).toEqual(["connection_added"]);
  });

  it("counts a passkey as a way of signing in, and a provider that was switched off as none (A59)", async () => {
    const { claims, id } = await connectedPerson();
    await db().password.delete({ where: { userId: claims.sub } });
    const retired = { userId: claims.sub, type: "oidc", provider: "gitlab", providerAccountId: id };
    const { id: retiredId } = await db().account.create({ data: retired });
    expect(await by(claims, id)).toEqual(LAST);
    expect(await by(claims, retiredId)).toEqual({ ok: true, value: { provider: "gitlab" } });

    const data = { userId: claims.sub, credentialId: id, publicKey: new Uint8Array(1), name: "Key" };
    await db().passkey.create({ data: { ...data, backupEligible: false, backedUp: false } });
    expect((await by(claims, id)).ok).toBe(true);
  });

  it("of two that are removed at once leaves one (A59, F14)", async () => {
    const ROUNDS = 3;
    for (let round = 0; round < ROUNDS; round++) {
      const claims = await newSession(await newPerson(), NOW);
      const ids = [await connect(claims), await connect(claims, { provider: "github" })];
      const results = await Promise.all(ids.map((id) => patiently(() => by(claims, id))));

      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(results).toContainEqual(LAST);
      expect(await linksOf(claims.sub)).toHaveLength(1);
    }
  });

  it("of one that is removed twice at once tells once", async () => {
    const { claims, id } = await connectedPerson();
    const results = await Promise.all(Array.from({ length: 5 }, () => patiently(() => by(claims, id))));

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await auditOf(claims.sub)).filter(({ kind }) => kind === "connection_removed")).toHaveLength(1);
  });
});

describe("listConnections", () => {
  it("lists as whom, since when, and what needs reconnecting, of the person alone", async () => {
    const { claims, person, id } = await connectedPerson();
    await connectedPerson();
    const listed = { id, provider: "google", providerEmail: person.email, createdAt: NOW, isLastSignInMethod: false };
    expect(await listConnections(claims.sub)).toEqual([{ ...listed, needsConsent: false }]);

    await db().providerToken.update({ where: { accountId: id }, data: { needsConsentAt: NOW } });
    expect(await listConnections(claims.sub)).toEqual([{ ...listed, needsConsent: true }]);
  });

  it("marks the last way of signing in", async () => {
    const { claims } = await connectedPerson();
    await db().password.delete({ where: { userId: claims.sub } });
    expect(await listConnections(claims.sub)).toMatchObject([{ isLastSignInMethod: true }]);

    await connect(claims, { provider: "github" });
    expect(await listConnections(claims.sub)).toMatchObject([
      { isLastSignInMethod: false },
      { isLastSignInMethod: false },
    ]);
  });
});
