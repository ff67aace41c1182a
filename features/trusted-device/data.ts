import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";

/** A browser that somebody trusts, as its owner sees it. */
export interface TrustedDevice {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

/** Writes down that a person trusts a browser. */
export async function insertTrustedDevice(
  database: Database,
  device: { tokenHash: Uint8Array<ArrayBuffer>; userId: UserId; userAgent: string | null; expiresAt: Date },
  now: Date,
): Promise<void> {
  const data = { ...device, id: uuidv7(now), createdAt: now, lastUsedAt: now };
  await database.trustedDevice.create({ data, select: { id: true } });
}

/**
 * Notes that a trusted browser was used.
 *
 * @returns False when this person doesn't trust it, or not any more.
 */
export async function touchTrustedDevice(
  userId: UserId,
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<boolean> {
  const { count } = await db().trustedDevice.updateMany({
    where: { tokenHash, userId, expiresAt: { gt: now } },
    data: { lastUsedAt: now },
  });
  return count === 1;
}

/** The browsers that a person trusts, the last used first. */
export function findTrustedDevices(userId: UserId, now: Date): Promise<TrustedDevice[]> {
  return db().trustedDevice.findMany({
    where: { userId, expiresAt: { gt: now } },
    orderBy: [{ lastUsedAt: "desc" }, { id: "desc" }],
    select: { id: true, userAgent: true, createdAt: true, lastUsedAt: true, expiresAt: true },
  });
}

/** Removes one of a person's own; false when there is none. */
export async function deleteTrustedDevice(database: Database, userId: UserId, id: string): Promise<boolean> {
  const { count } = await database.trustedDevice.deleteMany({ where: { id, userId } });
  return count === 1;
}

/** Removes all of a person's. */
export async function deleteTrustedDevices(database: Database, userId: UserId): Promise<void> {
  await database.trustedDevice.deleteMany({ where: { userId } });
}
