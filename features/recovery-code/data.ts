import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** Puts new codes in place of all that there were, used or not. */
export async function replaceCodes(
  database: Database,
  userId: UserId,
  codeHashes: readonly Uint8Array<ArrayBuffer>[],
  now: Date,
): Promise<void> {
  await database.recoveryCode.deleteMany({ where: { userId } });
  await database.recoveryCode.createMany({
    data: codeHashes.map((codeHash) => ({ userId, codeHash, createdAt: now })),
  });
}

/** Spends a code: of however many try, one. */
export async function spendRecoveryCode(
  database: Database,
  userId: UserId,
  codeHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<boolean> {
  const { count } = await database.recoveryCode.updateMany({
    where: { userId, codeHash, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}

/** How many codes are left. */
export function countCodesLeft(userId: UserId, database: Database = db()): Promise<number> {
  return database.recoveryCode.count({ where: { userId, usedAt: null } });
}

/** Removes all codes. */
export async function deleteCodes(database: Database, userId: UserId): Promise<void> {
  await database.recoveryCode.deleteMany({ where: { userId } });
}
