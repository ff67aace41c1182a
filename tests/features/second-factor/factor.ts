import { randomBytes } from "node:crypto";
import { TOTP } from "otpauth";

import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import type { FirstFactor } from "@/features/second-factor/data";
import { turnSecondFactorOn } from "@/features/second-factor/turn-on";
import { beginEnrolment } from "@/features/totp/begin-enrolment";
import { addSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { newPerson, newSession, now } from "../session/person";

export const ORIGIN: RequestOrigin = { ip: "192.0.2.1", userAgent: "tests/1" };

/** What a right password proves of somebody. */
export function passwordOf(userId: UserId, changes: Partial<FirstFactor> = {}): FirstFactor {
  return { userId, method: "password", amr: ["pwd"], remember: true, ...changes };
}

/** A person whose second factor is on. What its secret is matters to nothing that asks only whether there is one. */
export async function newPersonWithFactor(): Promise<UserId> {
  const userId = await newPerson();
  await db().totpFactor.create({
    data: { userId, sealedSecret: Uint8Array.of(0), confirmedAt: now },
    select: { userId: true },
  });
  return userId;
}

/** The code that an app shows at an instant. */
export function codeAt(secret: string, at: Date): string {
  return TOTP.generate({ secret: secretOf(secret), timestamp: at.getTime() });
}

/** Six digits that are no code of that minute and a half. */
export function wrongCodeAt(secret: string, at: Date): string {
  const right = [-60, -30, 0, 30, 60].map((seconds) => codeAt(secret, addSeconds(at, seconds)));
  const wrong = ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !right.includes(code));
  return wrong ?? "666666";
}

const secretOf = (secret: string) => new TOTP({ secret }).secret;

/** Somebody with an app that was confirmed by the code of the step before `now`, so that this step's is still to be used. */
export async function newOwner() {
  const claims = await newSession(await newPerson(), now);
  const begun = await beginEnrolment({ userId: claims.sub, email: claims.email }, now);
  if (!begun.ok) throw new Error(begun.refusal);
  const { secret } = begun.value;
  const actor = { userId: claims.sub, sessionId: claims.sid, origin: ORIGIN };
  const turnedOn = await turnSecondFactorOn(actor, codeAt(secret, addSeconds(now, -30)), now);
  if (!turnedOn.ok) throw new Error(turnedOn.refusal);
  return { userId: claims.sub, claims, actor, secret, recoveryCodes: turnedOn.value.recoveryCodes };
}

/** A sign-in of this person that waits for its second factor. */
export async function newChallenge(userId: UserId, at = now): Promise<string> {
  const admission = await admitFirstFactor(passwordOf(userId), undefined, at);
  if (admission.outcome === "complete") throw new Error("A factor is on.");
  return admission.challengeToken;
}

/** A browser that somebody trusts for an hour; returns what its cookie holds. */
export async function newTrustedDevice(userId: UserId): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = addSeconds(now, 3600);
  await db().trustedDevice.create({
    data: { tokenHash: hashToken(token), userId, lastUsedAt: now, expiresAt },
    select: { id: true },
  });
  return token;
}

/** What the audit log and the outbox say of a person, oldest first. */
export async function recordsOf(userId: UserId) {
  const [events, mails] = await Promise.all([
    db().auditEvent.findMany({ where: { userId }, orderBy: { id: "asc" }, select: { kind: true } }),
    db().outgoingMail.findMany({ where: { recipient: `${userId}@example.com` }, select: { kind: true } }),
  ]);
  return { events: events.map(({ kind }) => kind), mails: mails.map(({ kind }) => kind).sort() };
}
