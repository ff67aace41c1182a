import "server-only";

import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";

/** What signing in with a password needs to know of an account. */
export interface PasswordAccount {
  readonly id: UserId;
  readonly email: string;
  readonly name: string | null;
  readonly image: string | null;
  readonly disabledAt: Date | null;
  readonly passwordHash: string | null;
  /** When the password was chosen; null without one. */
  readonly passwordVersion: Date | null;
}

/** The account of an address; null when there is none. */
export async function findPasswordAccount(email: EmailAddress): Promise<PasswordAccount | null> {
  // One statement, where Prisma's relations would take a second one for an account that is there: that could be timed (A21).
  const rows = await db().$queryRaw<PasswordAccount[]>`
    SELECT u.id, u.email, u.name, u.image, u.disabled_at AS "disabledAt", p.hash AS "passwordHash", p.updated_at AS "passwordVersion"
    FROM users u LEFT JOIN passwords p ON p.user_id = u.id WHERE u.email = ${email}`;
  return rows[0] ?? null;
}

/** Replaces a password's hash, unless the password was changed in the meantime. It stays the same password. */
export async function upgradePasswordHash(userId: UserId, from: string, to: string): Promise<void> {
  // Not by Prisma's update, which would date the password to now.
  await db().$executeRaw`UPDATE passwords SET hash = ${to} WHERE user_id = ${userId}::uuid AND hash = ${from}`;
}

/** Whom a provider's identity is linked to; null when to nobody. */
export async function findLinkedAccount(
  provider: string,
  providerAccountId: string,
): Promise<{ id: UserId; disabledAt: Date | null } | null> {
  const account = await db().account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    select: { user: { select: { id: true, disabledAt: true } } },
  });
  return account && { id: account.user.id as UserId, disabledAt: account.user.disabledAt };
}

/** Writes where a provider has the picture of somebody who is linked, if that is another place than before. */
export async function updatePictureUrl(
  { provider, providerAccountId }: { provider: string; providerAccountId: string },
  pictureUrl: string | null,
): Promise<void> {
  await db().$executeRaw`
    UPDATE accounts SET picture_url = ${pictureUrl}
    WHERE provider = ${provider} AND provider_account_id = ${providerAccountId}
      AND picture_url IS DISTINCT FROM ${pictureUrl}`;
}

/** A person whom a provider vouches for. */
export interface VouchedPerson {
  readonly provider: string;
  readonly providerType: string;
  readonly providerAccountId: string;
  readonly email: EmailAddress;
  readonly name: string | null;
  readonly image: string | null;
}

/**
 * Makes an account with its link.
 *
 * @returns null when the address or the identity has an account already.
 */
export async function insertLinkedAccount(
  database: Database,
  person: VouchedPerson & { readonly termsVersion: string },
  now: Date,
): Promise<UserId | null> {
  const { email, name, image, provider, providerType, providerAccountId, termsVersion } = person;
  const userId = uuidv7(now) as UserId;
  // ON CONFLICT rather than an exception: a failed statement would end the transaction.
  const rows = await database.$queryRaw<{ id: string }[]>`
    WITH made AS (
      INSERT INTO users (id, email, email_verified, name, image, terms_version, terms_agreed_at, updated_at)
      VALUES (${userId}::uuid, ${email}, ${now}, ${name}, ${image}, ${termsVersion}, ${now}, ${now})
      ON CONFLICT (email) DO NOTHING RETURNING id
    )
    INSERT INTO accounts (id, user_id, type, provider, provider_account_id, provider_email, created_at)
    SELECT ${uuidv7(now)}::uuid, id, ${providerType}, ${provider}, ${providerAccountId}, ${email}, ${now} FROM made
    RETURNING id`;
  return rows.length === 1 ? userId : null;
}
