import "server-only";

import type { Database } from "@/lib/db";
import type { EmailAddress } from "./email-address";
import type { UserId } from "./user-id";

/** A change of what session cookies repeat about a person. */
export type RepeatedChange = { name: string } | { roles: string[] };

/**
 * Writes a change, counts it, and tells the revocation feed. Call it in a transaction.
 *
 * @returns The version that is current now; null when there is no such person.
 */
export async function updateRepeatedClaims(
  database: Database,
  userId: UserId,
  change: RepeatedChange,
): Promise<number | null> {
  const [user] = await database.user.updateManyAndReturn({
    where: { id: userId },
    data: { ...change, claimsVersion: { increment: 1 } },
    select: { claimsVersion: true },
  });
  if (!user) return null;
  const { claimsVersion } = user;
  await database.revocationFeedEntry.create({ data: { userId, claimsVersion }, select: { id: true } });
  return claimsVersion;
}

/** An account as whoever runs the site sees it; null when the address has none. */
export async function findAccountByEmail(
  database: Database,
  email: EmailAddress,
): Promise<{ userId: UserId; roles: string[]; disabledAt: Date | null } | null> {
  const user = await database.user.findUnique({
    where: { email },
    select: { id: true, roles: true, disabledAt: true },
  });
  return user && { userId: user.id as UserId, roles: user.roles, disabledAt: user.disabledAt };
}

/**
 * Disables an account, or enables it again (`disabledAt` null).
 *
 * @returns False when it was so already, or there is no such account.
 */
export async function writeDisabledAt(database: Database, userId: UserId, disabledAt: Date | null): Promise<boolean> {
  const { count } = await database.user.updateMany({
    where: { id: userId, disabledAt: disabledAt ? null : { not: null } },
    data: { disabledAt },
  });
  return count === 1;
}
