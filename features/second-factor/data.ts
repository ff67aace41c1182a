import "server-only";

import type { UserId } from "@/features/account/user-id";
import { db } from "@/lib/db";
import { MAX_CHALLENGE_FAILURES } from "./policy";

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
}

const CHALLENGE_COLUMNS = { userId: true, method: true, amr: true, remember: true } as const;

/** Keeps a sign-in until its second factor comes. */
export async function insertChallenge(
  tokenHash: Uint8Array<ArrayBuffer>,
  challenge: FirstFactor,
  times: { createdAt: Date; expiresAt: Date },
): Promise<void> {
  const { userId, method, amr, remember } = challenge;
  const data = { tokenHash, userId, method, amr: [...amr], remember, ...times };
  await db().signInChallenge.create({ data, select: { userId: true } });
}

/** The challenge of a token; null when there is none that can still be completed. */
export async function findChallengeByHash(tokenHash: Uint8Array<ArrayBuffer>, now: Date): Promise<FirstFactor | null> {
  const row = await db().signInChallenge.findFirst({
    where: { tokenHash, expiresAt: { gt: now }, failures: { lt: MAX_CHALLENGE_FAILURES } },
    select: CHALLENGE_COLUMNS,
  });
  return row && { ...row, userId: row.userId as UserId };
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
  const [row] = await db().$queryRaw<FirstFactor[]>`
    DELETE FROM sign_in_challenges WHERE token_hash = ${tokenHash} AND user_id = ${userId}::uuid AND expires_at > ${now}
      AND failures < ${MAX_CHALLENGE_FAILURES}
    RETURNING user_id AS "userId", method, amr, remember`;
  return row ?? null;
}
