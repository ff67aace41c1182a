import "server-only";

import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** A move of an account from one address to another. */
export interface EmailChange {
  readonly userId: UserId;
  readonly fromEmail: EmailAddress;
  readonly toEmail: EmailAddress;
}

/** A change that waits to be confirmed. */
export interface PendingEmailChange {
  readonly email: EmailAddress;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const CHANGE_FIELDS = { userId: true, fromEmail: true, toEmail: true } as const;

// Only ids of people who were let in and addresses that passed EmailAddressSchema were ever stored.
const toChange = ({ userId, fromEmail, toEmail }: Record<keyof EmailChange, string>): EmailChange => ({
  userId: userId as UserId,
  fromEmail: fromEmail as EmailAddress,
  toEmail: toEmail as EmailAddress,
});

const pendingOf = (userId: UserId, now: Date) => ({
  userId,
  confirmedAt: null,
  // Voided, by a password reset for one.
  confirmTokenHash: { not: null },
  expiresAt: { gt: now },
});

/** By what somebody who asks for another address can be asked to prove themselves; null when the account is gone. */
export async function findAsker(userId: UserId): Promise<{ email: EmailAddress; hasPassword: boolean } | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: { email: true, password: { select: { userId: true } } },
  });
  return user && { email: user.email as EmailAddress, hasPassword: user.password !== null };
}

/** Whether a session is live, and stays so until the end of the transaction. */
export async function holdLiveSession(database: Database, sessionId: string): Promise<boolean> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT id FROM sessions WHERE id = ${sessionId}::uuid AND ended_at IS NULL FOR SHARE`;
  return rows.length === 1;
}

/** Writes a change to be confirmed, in place of the account's earlier one. */
export async function replacePendingChange(
  database: Database,
  change: EmailChange & { confirmTokenHash: Uint8Array<ArrayBuffer>; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await deletePendingChanges(database, change.userId);
  await database.emailChange.create({ data: change, select: { id: true } });
}

/** Deletes what waits to be confirmed. */
export async function deletePendingChanges(database: Database, userId: UserId): Promise<number> {
  const { count } = await database.emailChange.deleteMany({ where: { userId, confirmedAt: null } });
  return count;
}

/** The change that waits to be confirmed; null when there is none, or it expired, or was made void. */
export async function findPendingChange(userId: UserId, now: Date): Promise<PendingEmailChange | null> {
  const row = await db().emailChange.findFirst({
    where: pendingOf(userId, now),
    select: { toEmail: true, createdAt: true, expiresAt: true },
  });
  return row && { email: row.toEmail as EmailAddress, createdAt: row.createdAt, expiresAt: row.expiresAt };
}

/** Gives a pending change another token and another time to expire; the older token ends. */
export async function renewConfirmToken(
  database: Database,
  userId: UserId,
  email: EmailAddress,
  renewed: { confirmTokenHash: Uint8Array<ArrayBuffer>; expiresAt: Date },
  now: Date,
): Promise<boolean> {
  const where = { ...pendingOf(userId, now), toEmail: email };
  const { count } = await database.emailChange.updateMany({ where, data: renewed });
  return count === 1;
}

/** The change that a token would confirm, whether or not the token is still good. */
export async function findByConfirmToken(
  database: Database,
  confirmTokenHash: Uint8Array<ArrayBuffer>,
): Promise<EmailChange | null> {
  const row = await database.emailChange.findUnique({ where: { confirmTokenHash }, select: CHANGE_FIELDS });
  return row && toChange(row);
}

/** Marks a change as confirmed, if its token is still good: of parallel callers, one gets true. */
export async function spendConfirmToken(
  database: Database,
  confirmTokenHash: Uint8Array<ArrayBuffer>,
  undo: { undoTokenHash: Uint8Array<ArrayBuffer>; undoExpiresAt: Date },
  now: Date,
): Promise<boolean> {
  const { count } = await database.emailChange.updateMany({
    where: { confirmTokenHash, confirmedAt: null, expiresAt: { gt: now } },
    data: { confirmTokenHash: null, confirmedAt: now, ...undo },
  });
  return count === 1;
}

/** The change that a token would undo, as long as it can, with the instant at which it was confirmed. */
export async function findByUndoToken(
  database: Database,
  undoTokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<(EmailChange & { confirmedAt: Date }) | null> {
  const row = await database.emailChange.findFirst({
    where: { undoTokenHash, undoExpiresAt: { gt: now } },
    select: { ...CHANGE_FIELDS, confirmedAt: true },
  });
  return row?.confirmedAt ? { ...toChange(row), confirmedAt: row.confirmedAt } : null;
}

/** Spends the token that undoes a change: of parallel callers, one gets true. */
export async function spendUndoToken(
  database: Database,
  undoTokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<boolean> {
  const { count } = await database.emailChange.updateMany({
    where: { undoTokenHash, undoExpiresAt: { gt: now } },
    data: { undoTokenHash: null },
  });
  return count === 1;
}

/** Makes the account's changes void that are pending, or were confirmed no earlier than `since`: none can be confirmed or undone. */
export async function voidChangesSince(database: Database, userId: UserId, since: Date): Promise<void> {
  await database.emailChange.updateMany({
    where: { userId, OR: [{ confirmedAt: null }, { confirmedAt: { gte: since } }] },
    data: { confirmTokenHash: null, undoTokenHash: null },
  });
}

/** Ends what was mailed to the account's addresses so far: links that reset the password or sign in. */
export async function voidMailedTokens(
  database: Database,
  userId: UserId,
  addresses: readonly EmailAddress[],
): Promise<void> {
  await database.oneTimeToken.deleteMany({ where: { userId } });
  await database.magicLink.deleteMany({ where: { email: { in: [...addresses] } } });
}
