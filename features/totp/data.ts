import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** A person's authenticator app, as it is stored. */
export interface StoredFactor {
  readonly sealedSecret: Uint8Array<ArrayBuffer>;
  readonly createdAt: Date;
  /** Null: begun, and on only once a code of it was confirmed. */
  readonly confirmedAt: Date | null;
}

/** The authenticator app of a person; null when none was ever begun. */
export function findFactor(userId: UserId, database: Database = db()): Promise<StoredFactor | null> {
  return database.totpFactor.findUnique({
    where: { userId },
    select: { sealedSecret: true, createdAt: true, confirmedAt: true },
  });
}

/**
 * Keeps a new secret until its first code comes, in place of one that nobody confirmed.
 *
 * @returns False when a factor is on.
 */
export async function writeEnrolment(
  userId: UserId,
  sealedSecret: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<boolean> {
  const count = await db().$executeRaw`
    INSERT INTO totp_factors (user_id, sealed_secret, created_at) VALUES (${userId}::uuid, ${sealedSecret}, ${now})
    ON CONFLICT (user_id) DO UPDATE SET sealed_secret = EXCLUDED.sealed_secret, created_at = EXCLUDED.created_at
    WHERE totp_factors.confirmed_at IS NULL`;
  return count === 1;
}

/**
 * Turns the factor on, with the code of `step` spent.
 *
 * @param sealedSecret - The secret that the code was checked against: a newer one that took its place stays unconfirmed.
 */
export async function confirmFactor(
  database: Database,
  confirmed: { userId: UserId; sealedSecret: Uint8Array<ArrayBuffer>; step: number },
  now: Date,
): Promise<boolean> {
  const { userId, sealedSecret, step } = confirmed;
  const { count } = await database.totpFactor.updateMany({
    where: { userId, sealedSecret, confirmedAt: null },
    data: { confirmedAt: now, lastStep: step },
  });
  return count === 1;
}

/**
 * Spends the code of a step: once, and none of an earlier step after it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6238#section-5.2
 */
export async function spendStep(database: Database, userId: UserId, step: number): Promise<boolean> {
  const { count } = await database.totpFactor.updateMany({
    where: { userId, confirmedAt: { not: null }, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/** Writes the same secret, sealed anew. */
export async function writeSealedSecret(
  database: Database,
  userId: UserId,
  from: Uint8Array<ArrayBuffer>,
  to: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await database.totpFactor.updateMany({ where: { userId, sealedSecret: from }, data: { sealedSecret: to } });
}

/** Removes the factor and its secret. */
export async function deleteFactor(database: Database, userId: UserId): Promise<void> {
  await database.totpFactor.deleteMany({ where: { userId } });
}
