import "server-only";

import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import type { TimePreferences } from "@/lib/format-moment";

/**
 * Sets the day on which an account goes. The person's row is written before their sessions are looked for, so that a
 * sign-in under way is over by then, or begins a session that knows.
 *
 * @returns False when it is due already, or there is no such account.
 */
export async function markForDeletion(database: Database, userId: UserId, dueAt: Date): Promise<boolean> {
  const { count } = await database.user.updateMany({
    where: { id: userId, deletionDueAt: null },
    data: { deletionDueAt: dueAt },
  });
  return count === 1;
}

/** The address of an account; null when it is gone. */
export async function findEmail(userId: UserId): Promise<EmailAddress | null> {
  const user = await db().user.findUnique({ where: { id: userId }, select: { email: true } });
  return user && EmailAddressSchema.parse(user.email);
}

/**
 * Takes the day back, counts the change of what session cookies say, and tells the revocation feed.
 *
 * @returns The version of the claims that is current now; null when the account is not due, or gone.
 */
export async function unmarkForDeletion(database: Database, userId: UserId): Promise<number | null> {
  const [user] = await database.user.updateManyAndReturn({
    where: { id: userId, deletionDueAt: { not: null } },
    data: { deletionDueAt: null, claimsVersion: { increment: 1 } },
    select: { claimsVersion: true },
  });
  if (!user) return null;
  const { claimsVersion } = user;
  await database.revocationFeedEntry.create({ data: { userId, claimsVersion }, select: { id: true } });
  return claimsVersion;
}

/** An account whose grace is over. */
export interface DueAccount extends TimePreferences {
  readonly id: UserId;
  readonly email: EmailAddress;
}

/**
 * Locks the account that has been due for longest, so that its owner can no longer keep it. Those that another instance, or
 * their owner, has in hand are passed over.
 */
export async function lockDueAccount(database: Database, now: Date): Promise<DueAccount | null> {
  const rows = await database.$queryRaw<DueAccount[]>`
    SELECT id, email, locale, time_zone AS "timeZone" FROM users WHERE deletion_due_at <= ${now}
    ORDER BY deletion_due_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
  return rows[0] ?? null;
}

/** The tables whose rows hang on an address and on nobody's id, by the column that holds it: nothing cascades to them. */
export const DELETED_BY_ADDRESS = {
  SignUp: "email",
  MagicLink: "email",
  VerificationToken: "identifier",
  OutgoingMail: "recipient",
  ConnectionRequest: "providerEmail",
} as const;

/** Deletes an account: its row, with everything that hangs on it, and what hangs on its address alone. */
export async function deleteAccount(database: Database, { id, email }: DueAccount): Promise<void> {
  await database.signUp.deleteMany({ where: { email } });
  await database.magicLink.deleteMany({ where: { email } });
  await database.verificationToken.deleteMany({ where: { identifier: email } });
  await database.outgoingMail.deleteMany({ where: { recipient: email } });
  await database.connectionRequest.deleteMany({ where: { providerEmail: email } });
  await database.user.deleteMany({ where: { id } });
}
