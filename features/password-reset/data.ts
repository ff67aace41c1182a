import "server-only";

import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import { RESET_PURPOSE } from "./policy";

/** An account whose owner says that the password is forgotten. */
export interface ForgetfulAccount {
  readonly userId: UserId;
  readonly hasPassword: boolean;
  readonly isDisabled: boolean;
}

/** The account of an address; null when there is none. */
export async function findForgetfulAccount(database: Database, email: EmailAddress): Promise<ForgetfulAccount | null> {
  const user = await database.user.findUnique({
    where: { email },
    select: { id: true, disabledAt: true, password: { select: { userId: true } } },
  });
  return (
    user && { userId: user.id as UserId, hasPassword: user.password !== null, isDisabled: user.disabledAt !== null }
  );
}

/** Writes an account's reset token, by its hash, in place of the one before: the older link is dead. */
export async function replaceResetToken(
  database: Database,
  userId: UserId,
  token: { tokenHash: Uint8Array<ArrayBuffer>; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await database.oneTimeToken.upsert({
    where: { userId_purpose: { userId, purpose: RESET_PURPOSE } },
    create: { ...token, userId, purpose: RESET_PURPOSE },
    update: token,
    select: { purpose: true },
  });
}

/** Whose password a token may reset; null when it is unknown, expired or spent, or the account is disabled. */
export async function findAccountByToken(
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<{ userId: UserId; email: string; name: string | null } | null> {
  const token = await db().oneTimeToken.findFirst({
    where: { tokenHash, purpose: RESET_PURPOSE, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: { user: { select: { id: true, email: true, name: true } } },
  });
  return token?.user ? { userId: token.user.id as UserId, email: token.user.email, name: token.user.name } : null;
}

/** Deletes a token that is still good: of parallel callers, one gets true. */
export async function spendResetToken(
  database: Database,
  userId: UserId,
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<boolean> {
  const { count } = await database.oneTimeToken.deleteMany({
    where: { tokenHash, userId, purpose: RESET_PURPOSE, expiresAt: { gt: now } },
  });
  return count === 1;
}

/** Makes the link void that an account may still have in its mailbox. */
export async function deleteResetToken(database: Database, userId: UserId): Promise<void> {
  await database.oneTimeToken.deleteMany({ where: { userId, purpose: RESET_PURPOSE } });
}
