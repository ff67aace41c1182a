import "server-only";

import { type Database, db } from "@/lib/db";
import type { TimePreferences } from "@/lib/format-moment";
import type { EmailAddress } from "./email-address";
import type { UserId } from "./user-id";

/** A change of what session cookies repeat about a person. */
export type RepeatedChange =
  | { name: string }
  | { image: string | null }
  | TimePreferences
  | { termsVersion: string; termsAgreedAt: Date }
  | { roles: string[] }
  | { email: EmailAddress; emailVerified: Date };

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

/** The ways in which a person can sign in to their account. */
export interface SignInMethods {
  readonly password: boolean;
  /** The provider's id of each linked identity; two at one provider are two. */
  readonly providers: readonly string[];
  /** How many passkeys there are. */
  readonly passkeys: number;
}

/** The ways in as they are now; none for an account that is gone. */
export async function findSignInMethods(userId: UserId, database: Database = db()): Promise<SignInMethods> {
  const user = await database.user.findUnique({
    where: { id: userId },
    select: {
      password: { select: { userId: true } },
      accounts: { select: { provider: true } },
      _count: { select: { passkeys: true } },
    },
  });
  return {
    password: Boolean(user?.password),
    providers: user?.accounts.map(({ provider }) => provider) ?? [],
    passkeys: user?._count.passkeys ?? 0,
  };
}

/**
 * The ways in, and nobody else takes one away until the transaction ends: of two that are removed at once, the second sees
 * that it is the last.
 */
export async function lockSignInMethods(transaction: Database, userId: UserId): Promise<SignInMethods> {
  await transaction.$queryRaw`SELECT id FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  return findSignInMethods(userId, transaction);
}
