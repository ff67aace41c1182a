import "server-only";

import { db } from "@/lib/db";
import type { UserId } from "./user-id";

/** A change of what session cookies repeat about a person. */
export type RepeatedChange = { name: string } | { roles: string[] };

/**
 * Writes a change, counts it, and tells the revocation feed, all in one statement's transaction.
 *
 * @returns The version that is current now; null when there is no such person.
 */
export async function updateRepeatedClaims(userId: UserId, change: RepeatedChange): Promise<number | null> {
  return db().$transaction(async (transaction) => {
    const [user] = await transaction.user.updateManyAndReturn({
      where: { id: userId },
      data: { ...change, claimsVersion: { increment: 1 } },
      select: { claimsVersion: true },
    });
    if (!user) return null;
    await transaction.revocationFeedEntry.create({
      data: { userId, claimsVersion: user.claimsVersion },
      select: { id: true },
    });
    return user.claimsVersion;
  });
}
