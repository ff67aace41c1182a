import "server-only";

import type { UserId } from "@/features/account/user-id";
import { db } from "@/lib/db";

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
