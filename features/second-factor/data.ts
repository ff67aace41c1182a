import "server-only";

import type { UserId } from "@/features/account/user-id";
import { NO_PROVIDER_SESSION, type ProviderSession } from "@/features/provider-session/provider-session";
import { addSeconds } from "@/lib/clock";
import { type Database, db } from "@/lib/db";
import { FAILURES_KEPT_SECONDS, MAX_CHALLENGE_FAILURES } from "./policy";

/** Whether a person has turned a second factor on. */
export async function hasSecondFactor(userId: UserId): Promise<boolean> {
  const factor = await db().totpFactor.findUnique({ where: { userId }, select: { confirmedAt: true } });
  return Boolean(factor?.confirmedAt);
}

/** A sign-in whose first factor was right. */
export interface FirstFactor {
  readonly userId: UserId;
  /** "password" or the provider's id. */
  readonly method: string;
  /** RFC 8176, as for a session. */
  readonly amr: readonly string[];
  readonly remember: boolean;
  /** The session at the provider, where that was the first factor. */
  readonly providerSession?: ProviderSession | undefined;
}

/** Keeps a sign-in until its second factor comes. */
export async function insertChallenge(
  tokenHash: Uint8Array<ArrayBuffer>,
  challenge: FirstFactor,
  times: { createdAt: Date; expiresAt: Date },
): Promise<void> {
  const { userId, method, amr, remember, providerSession = NO_PROVIDER_SESSION } = challenge;
  const data = { tokenHash, userId, method, amr: [...amr], remember, ...providerSession, ...times };
  await db().signInChallenge.create({ data, select: { userId: true } });
}

/** The challenge of a token; null when there is none that can still be completed. */
export async function findChallengeByHash(
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
  database: Database = db(),
): Promise<FirstFactor | null> {
  const row = await database.signInChallenge.findFirst({
    where: { tokenHash, expiresAt: { gt: now }, failures: { lt: MAX_CHALLENGE_FAILURES } },
    select: { userId: true, method: true, amr: true, remember: true },
  });
  return row && { ...row, userId: row.userId as UserId };
}

/**
 * Counts a try against a challenge before it is judged.
 *
 * @returns False when there is no such challenge, or none left to try.
 */
export async function countChallengeTry(
  database: Database,
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<boolean> {
  const { count } = await database.signInChallenge.updateMany({
    where: { tokenHash, expiresAt: { gt: now }, failures: { lt: MAX_CHALLENGE_FAILURES } },
    data: { failures: { increment: 1 } },
  });
  return count === 1;
}

/** Takes back what `countChallengeTry` counted, for a code that was not judged. */
export async function uncountChallengeTry(database: Database, tokenHash: Uint8Array<ArrayBuffer>): Promise<void> {
  await database.signInChallenge.updateMany({ where: { tokenHash }, data: { failures: { decrement: 1 } } });
}

/**
 * Takes a challenge for good: of however many who try, one.
 *
 * @param userId - Whose it has to be.
 */
export async function takeChallenge(
  tokenHash: Uint8Array<ArrayBuffer>,
  userId: UserId,
  now: Date,
): Promise<FirstFactor | null> {
  const [row] = await db().$queryRaw<(Omit<FirstFactor, "providerSession"> & ProviderSession)[]>`
    DELETE FROM sign_in_challenges WHERE token_hash = ${tokenHash} AND user_id = ${userId}::uuid AND expires_at > ${now}
      AND failures < ${MAX_CHALLENGE_FAILURES}
    RETURNING user_id AS "userId", method, amr, remember, provider_session_id AS "providerSessionId", sealed_id_token AS "sealedIdToken"`;
  if (!row) return null;
  const { providerSessionId, sealedIdToken, ...firstFactor } = row;
  return { ...firstFactor, providerSession: { providerSessionId, sealedIdToken } };
}

/** Drops a challenge whose code was right. */
export async function deleteChallenge(database: Database, tokenHash: Uint8Array<ArrayBuffer>): Promise<void> {
  await database.signInChallenge.deleteMany({ where: { tokenHash } });
}

/** Drops the sign-ins of a person that wait for their second factor. */
export async function deleteChallenges(database: Database, userId: UserId): Promise<void> {
  await database.signInChallenge.deleteMany({ where: { userId } });
}

/** Wrong codes of a person, over all challenges and kinds. */
export interface Tries {
  readonly failures: number;
  readonly lockedUntil: Date | null;
}

/**
 * The wrong codes of a person so far, and nobody else's code of this person is judged until the transaction ends: of a hundred
 * guesses at once, each counts the ones before it.
 */
export async function lockTries(database: Database, userId: UserId, now: Date): Promise<Tries> {
  const keptSince = addSeconds(now, -FAILURES_KEPT_SECONDS);
  const [row] = await database.$queryRaw<Tries[]>`
    INSERT INTO second_factor_tries AS t (user_id, failures, since) VALUES (${userId}::uuid, 0, ${now})
    ON CONFLICT (user_id) DO UPDATE SET
      failures = CASE WHEN t.since < ${keptSince} THEN 0 ELSE t.failures END,
      since = CASE WHEN t.since < ${keptSince} OR t.failures = 0 THEN ${now} ELSE t.since END
    RETURNING failures, locked_until AS "lockedUntil"`;
  return row ?? { failures: 0, lockedUntil: null };
}

/** Writes the count on. */
export async function writeTries(database: Database, userId: UserId, tries: Tries): Promise<void> {
  await database.secondFactorTries.updateMany({ where: { userId }, data: { ...tries } });
}

/** Forgets the wrong codes of a person, and with them the lock. */
export async function deleteTries(database: Database, userId: UserId): Promise<void> {
  await database.secondFactorTries.deleteMany({ where: { userId } });
}

/**
 * Marks that what it takes to sign in is about to change, and holds up sign-ins until the transaction ends. `insertSession` sees by
 * `claims_version` that what it read is older than that.
 */
export async function markFactorChange(database: Database, userId: UserId): Promise<void> {
  await database.user.updateMany({ where: { id: userId }, data: { claimsVersion: { increment: 1 } } });
}
