import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import { EXPORTED } from "./selection";

/**
 * All that is stored under a person's id, or because of it.
 *
 * @returns null when there is no such person.
 */
export async function readPerson(userId: UserId) {
  return await db().user.findUnique({
    where: { id: userId },
    select: {
      ...EXPORTED.User,
      password: { select: EXPORTED.Password },
      avatar: { select: EXPORTED.Avatar },
      accounts: { select: { ...EXPORTED.Account, tokens: { select: EXPORTED.ProviderToken } } },
      sessions: { select: EXPORTED.Session, orderBy: { id: "asc" } },
      oneTimeTokens: { select: EXPORTED.OneTimeToken },
      emailChanges: { select: EXPORTED.EmailChange, orderBy: { id: "asc" } },
      totpFactor: { select: EXPORTED.TotpFactor },
      secondFactorTries: { select: EXPORTED.SecondFactorTries },
      recoveryCodes: { select: EXPORTED.RecoveryCode },
      signInChallenges: { select: EXPORTED.SignInChallenge },
      trustedDevices: { select: EXPORTED.TrustedDevice, orderBy: { id: "asc" } },
      knownDevices: { select: EXPORTED.KnownDevice },
      passkeys: { select: EXPORTED.Passkey, orderBy: { id: "asc" } },
      webauthnChallenges: { select: EXPORTED.WebauthnChallenge },
      connectionRequests: { select: EXPORTED.ConnectionRequest },
    },
  });
}

/**
 * What is stored under an address, whoever brought it about. Of addresses that a person had before nothing: they may have
 * gone to somebody else.
 */
export async function readAddress(email: string) {
  const client = db();
  const [signUps, magicLinks, verificationTokens, mails] = await Promise.all([
    client.signUp.findMany({
      where: { email },
      orderBy: { id: "asc" },
      select: { ...EXPORTED.SignUp, tokens: { select: EXPORTED.OneTimeToken } },
    }),
    client.magicLink.findMany({ where: { email }, orderBy: { id: "asc" }, select: EXPORTED.MagicLink }),
    client.verificationToken.findMany({ where: { identifier: email }, select: EXPORTED.VerificationToken }),
    client.outgoingMail.findMany({
      where: { recipient: email },
      orderBy: { id: "asc" },
      select: EXPORTED.OutgoingMail,
    }),
  ]);
  return { signUps, magicLinks, verificationTokens, mails };
}

/** What the audit log tells of a person. */
export async function readEvents(userId: UserId) {
  return await db().auditEvent.findMany({ where: { userId }, orderBy: { id: "asc" }, select: EXPORTED.AuditEvent });
}

/** Lets one export of a person at a time be counted and noted. Ends with the transaction. */
export async function lockExports(database: Database, userId: UserId): Promise<void> {
  await database.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`export ${userId}`}, 0))`;
}

/** How many times a person was given an export after `since`. */
export async function countExports(database: Database, userId: UserId, since: Date): Promise<number> {
  return await database.auditEvent.count({ where: { userId, kind: "account_exported", recordedAt: { gt: since } } });
}
