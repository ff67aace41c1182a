import "server-only";

import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** An account that its transaction holds. */
export interface HeldAccount {
  readonly userId: UserId;
  readonly email: EmailAddress;
}

/**
 * Holds an account until the end of the transaction. What else changes how somebody signs in to it, or begins a session of
 * it, waits; so this comes before everything else that the transaction locks, or two could wait for each other. Addresses
 * alone are locked earlier (`lockAddress`). FOR UPDATE, as the address is a key: a weaker lock would have to grow when it changes.
 *
 * @returns null when the account is gone or disabled.
 */
export async function lockAccount(database: Database, userId: UserId): Promise<HeldAccount | null> {
  const [user] = await database.$queryRaw<{ email: EmailAddress }[]>`
    SELECT email FROM users WHERE id = ${userId}::uuid AND disabled_at IS NULL FOR UPDATE`;
  return user ? { userId, email: user.email } : null;
}

/**
 * Makes this the account's password, whether or not it had one.
 *
 * The person's row is counted up, so that a sign-in which waits for it decides anew, on what is true after the wait: with the
 * old password it begins no session any more (see `insertSession`).
 */
export async function writePasswordHash(database: Database, userId: UserId, hash: string): Promise<void> {
  await database.password.upsert({
    where: { userId },
    create: { userId, hash },
    update: { hash },
    select: { userId: true },
  });
  await database.$executeRaw`UPDATE users SET claims_version = claims_version + 1 WHERE id = ${userId}::uuid`;
}

/**
 * Voids what was begun with, or for, the old password and has not come to its end: a move to another e-mail address, a
 * sign-in that waits for its second factor, browsers that are not asked for one, mailed links, a provider about to be
 * connected.
 *
 * @see https://www.usenix.org/conference/usenixsecurity22/presentation/sudhodanan unexpired e-mail change, trojan identifier
 */
export async function voidUnfinished(database: Database, { userId, email }: HeldAccount): Promise<void> {
  await database.emailChange.updateMany({ where: { userId, confirmedAt: null }, data: { confirmTokenHash: null } });
  await database.signInChallenge.deleteMany({ where: { userId } });
  await database.trustedDevice.deleteMany({ where: { userId } });
  await database.magicLink.deleteMany({ where: { email } });
  await database.connectionRequest.deleteMany({ where: { userId } });
}

/** What changing a password needs to know of an account. */
export interface OwnPassword {
  readonly email: EmailAddress;
  readonly name: string | null;
  /** Null when there is no password yet. */
  readonly hash: string | null;
}

/** The account of somebody who is signed in; null when it is gone. */
export async function findOwnPassword(userId: UserId): Promise<OwnPassword | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: { email: true, name: true, password: { select: { hash: true } } },
  });
  return user && { email: EmailAddressSchema.parse(user.email), name: user.name, hash: user.password?.hash ?? null };
}

/** The hash as it is now, for whoever holds the account; null when it has no password. */
export async function findPasswordHash(database: Database, userId: UserId): Promise<string | null> {
  const row = await database.password.findUnique({ where: { userId }, select: { hash: true } });
  return row?.hash ?? null;
}
