import { describe, expect, it } from "vitest";

import { endSession } from "@/features/session/end-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession } from "../session-overview/people";
import { waitingMails } from "../sign-up/mails-of";
import { answer, auditOf, beginFlow, connect, enableProviders, linksOf, NOW, newIdentity, ORIGIN } from "./identities";

useDatabase();
enableProviders("GOOGLE", "GITHUB");

const LIFETIME_SECONDS = 10 * 60;
const CONNECTED = { ok: true, value: "connected" };
const refused = (refusal: string) => ({ ok: false, refusal });
const signedIn = async (): Promise<SessionClaims> => newSession(await newPerson(), NOW);
const sessionsOf = (claims: SessionClaims) => db().session.count({ where: { userId: claims.sub } });
const mailTo = async (claims: SessionClaims) => (await waitingMails()).filter(({ to }) => to === claims.email);

describe("finishConnection", () => {
  it("links the identity to the account of the session that asked, and begins no session", async () => {
    const claims = await signedIn();
    const person = newIdentity();
    const flow = await beginFlow(claims);

    expect(await answer(flow, person, claims)).toEqual(CONNECTED);
    expect(await db().account.findMany({ where: { userId: claims.sub } })).toMatchObject([
      {
        ...{ provider: "google", type: "oidc", providerAccountId: person.providerAccountId },
        ...{ providerEmail: person.email, createdAt: NOW },
      },
    ]);
    expect(await sessionsOf(claims)).toBe(1);
  });

  it("writes one mail, without the identity's own words, and one audit event (A49, A95)", async () => {
    const claims = await signedIn();
    await connect(claims, { email: "lure@evil.test" });
    const [mail, ...more] = await mailTo(claims);

    expect(more).toEqual([]);
    expect(mail).toMatchObject({ kind: "connection_added", subject: "Google was connected to your account" });
    expect(JSON.stringify(mail)).not.toContain("evil.test");
    expect(await auditOf(claims.sub)).toEqual([
      { kind: "connection_added", sessionId: claims.sid, ...ORIGIN, details: { provider: "google" } },
    ]);
  });

  it.each([{ email_verified: false }, {}, { email_verified: "false" }])(
    "takes an address that the provider doesn't vouch for, and one that isn't the account's (A66): %j",
    async (profile) => {
      const claims = await signedIn();

      expect(await answer(await beginFlow(claims), newIdentity({ profile }), claims)).toEqual(CONNECTED);
    },
  );

  it.each([null, "not an address", "a@x.test,b@evil.test"])("stores no address that is none: %j", async (email) => {
    const claims = await signedIn();
    await connect(claims, { email });

    expect(await db().account.findFirst({ where: { userId: claims.sub } })).toMatchObject({ providerEmail: null });
  });

  it("keeps the provider's tokens, sealed", async () => {
    const claims = await signedIn();
    const tokens = { accessToken: "secret-a", refreshToken: null, scope: null, tokenType: "bearer", expiresAt: null };
    const accountId = await connect(claims, { tokens });
    const row = await db().providerToken.findUniqueOrThrow({ where: { accountId } });

    expect(Buffer.from(row.sealedTokens).toString("latin1")).not.toContain("secret-a");
  });

  it("mends an identity that is connected already, without a second link or mail", async () => {
    const claims = await signedIn();
    const person = newIdentity();
    await answer(await beginFlow(claims), person, claims);

    expect(await answer(await beginFlow(claims), person, claims)).toEqual({ ok: true, value: "reconnected" });
    expect(await linksOf(claims.sub)).toHaveLength(1);
    expect(await mailTo(claims)).toHaveLength(1);
  });

  it("answers null for a flow that was begun to sign in", async () => {
    const claims = await signedIn();

    expect(await answer("a flow of which nothing is known", newIdentity(), claims)).toBeNull();
    expect(await linksOf(claims.sub)).toEqual([]);
  });

  it("refuses an identity of another account, and changes nothing (A66)", async () => {
    const [owner, other] = [await signedIn(), await signedIn()];
    const person = newIdentity();
    await answer(await beginFlow(owner), person, owner);

    expect(await answer(await beginFlow(other), person, other)).toEqual(refused("linked_elsewhere"));
    expect(await linksOf(owner.sub)).toHaveLength(1);
    expect(await linksOf(other.sub)).toEqual([]);
    expect(await mailTo(other)).toEqual([]);
    expect(await auditOf(other.sub)).toEqual([
      {
        ...{ kind: "connection_refused", sessionId: other.sid, ...ORIGIN },
        details: { provider: "google", reason: "linked_elsewhere" },
      },
    ]);
  });

  it("refuses a second identity at one provider, and keeps the same sub of two apart (A65)", async () => {
    const claims = await signedIn();
    const person = newIdentity();
    await answer(await beginFlow(claims), person, claims);

    expect(await answer(await beginFlow(claims), newIdentity(), claims)).toEqual(refused("other_identity"));
    const elsewhere = { ...person, provider: "github" };
    expect(await answer(await beginFlow(claims, "github"), elsewhere, claims)).toEqual(CONNECTED);
    expect(await linksOf(claims.sub)).toHaveLength(2);
  });
});

describe("finishConnection refuses a forced link", () => {
  it("without the session's cookie: an answer that was carried into another browser (A61)", async () => {
    const claims = await signedIn();

    expect(await answer(await beginFlow(claims), newIdentity(), null)).toEqual(refused("session_ended"));
    expect(await linksOf(claims.sub)).toEqual([]);
  });

  it("with somebody else's session: the attacker's flow in the victim's browser (A61)", async () => {
    const [attacker, victim] = [await signedIn(), await signedIn()];

    expect(await answer(await beginFlow(attacker), newIdentity(), victim)).toEqual(refused("session_ended"));
    expect([await linksOf(victim.sub), await linksOf(attacker.sub)]).toEqual([[], []]);
  });

  it("with another session of the same person", async () => {
    const claims = await signedIn();
    const newer = await newSession(claims.sub, NOW);

    expect(await answer(await beginFlow(claims), newIdentity(), newer)).toEqual(refused("session_ended"));
  });

  it("after the session has ended, at that very moment", async () => {
    const claims = await signedIn();
    const flow = await beginFlow(claims);
    await endSession(claims, "revoked_by_user", NOW);

    expect(await answer(flow, newIdentity(), claims)).toEqual(refused("session_ended"));
  });

  it("of another provider than was asked for (A64)", async () => {
    const claims = await signedIn();
    const mixedUp = newIdentity({ provider: "github" });

    expect(await answer(await beginFlow(claims, "google"), mixedUp, claims)).toEqual(refused("expired"));
    expect(await linksOf(claims.sub)).toEqual([]);
  });

  it.each([
    { seconds: LIFETIME_SECONDS - 1, outcome: CONNECTED },
    { seconds: LIFETIME_SECONDS, outcome: refused("expired") },
    { seconds: LIFETIME_SECONDS + 1, outcome: refused("expired") },
  ])("$seconds s after it was begun: $outcome (A41)", async ({ seconds, outcome }) => {
    const claims = await signedIn();
    const flow = await beginFlow(claims);

    expect(await answer(flow, newIdentity(), claims, addSeconds(NOW, seconds))).toEqual(outcome);
  });

  it("a second time with the same flow, which never turns into a sign-in (A43)", async () => {
    const claims = await signedIn();
    const flow = await beginFlow(claims);
    await answer(flow, newIdentity(), claims);

    expect(await answer(flow, newIdentity(), claims)).toEqual(refused("expired"));
  });

  it("which the database's hash alone doesn't allow", async () => {
    const claims = await signedIn();
    await beginFlow(claims);
    const { tokenHash } = await db().connectionRequest.findFirstOrThrow({ where: { sessionId: claims.sid } });

    expect(await answer(Buffer.from(tokenHash).toString("base64url"), newIdentity(), claims)).toBeNull();
  });
});
