import "server-only";

import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import { MAX_PENDING_SIGN_UPS } from "./policy";

const PURPOSE = "sign_up";

/** Somebody at a provider, as that provider names them. */
export interface ProviderIdentity {
  readonly provider: string;
  readonly providerType: string;
  readonly providerAccountId: string;
}

/** What a sign-up chose; it becomes a user's once the address is proven. */
export interface NewSignUp {
  readonly email: EmailAddress;
  readonly name: string | null;
  readonly image: string | null;
  /** Null when signing in goes through a provider. */
  readonly passwordHash: string | null;
  readonly identity: ProviderIdentity | null;
}

/** A sign-up that waits for its address to be proven. */
export interface PendingSignUp extends NewSignUp {
  readonly id: string;
  /** The version of the terms that signing up agreed to; null for one from before there were terms. */
  readonly termsVersion: string | null;
  /** When the terms were agreed to: the time of the sign-up, not of its confirmation. */
  readonly createdAt: Date;
}

const SIGN_UP_FIELDS = {
  id: true,
  email: true,
  name: true,
  image: true,
  passwordHash: true,
  provider: true,
  providerType: true,
  providerAccountId: true,
  termsVersion: true,
  createdAt: true,
} as const;

/**
 * Lets one transaction at a time decide about an address: mails are counted before one more is written, and parallel
 * confirmations don't wait for each other's rows in opposite orders. Ends with the transaction.
 */
export async function lockAddress(database: Database, email: EmailAddress): Promise<void> {
  await database.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sign-up ${email}`}, 0))`;
}

/** Whether somebody has proven this address to be theirs. */
export async function isRegistered(database: Database, email: EmailAddress): Promise<boolean> {
  return (await database.user.findUnique({ where: { email }, select: { id: true } })) !== null;
}

/** Writes a pending sign-up, and returns its id. */
export async function insertSignUp(
  database: Database,
  { identity, ...rest }: NewSignUp,
  made: { termsVersion: string; createdAt: Date; expiresAt: Date },
): Promise<string> {
  const { id } = await database.signUp.create({ data: { ...rest, ...identity, ...made }, select: { id: true } });
  return id;
}

/** Writes a token of a sign-up, by its hash. */
export async function insertToken(
  database: Database,
  token: { tokenHash: Uint8Array<ArrayBuffer>; signUpId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await database.oneTimeToken.create({ data: { ...token, purpose: PURPOSE }, select: { purpose: true } });
}

/** Ends a sign-up's tokens and gives it a new time to expire. */
export async function renewSignUp(database: Database, id: string, expiresAt: Date): Promise<void> {
  await database.oneTimeToken.deleteMany({ where: { signUpId: id } });
  await database.signUp.update({ where: { id }, data: { expiresAt }, select: { id: true } });
}

/** The sign-up that a token belongs to, whether or not the token is still good. */
export async function findSignUpByToken(
  database: Database,
  tokenHash: Uint8Array<ArrayBuffer>,
): Promise<PendingSignUp | null> {
  const token = await database.oneTimeToken.findFirst({
    where: { tokenHash, purpose: PURPOSE },
    select: { signUp: { select: SIGN_UP_FIELDS } },
  });
  return token?.signUp ? toPendingSignUp(token.signUp) : null;
}

/** Deletes a token that is still good: of parallel callers, one gets true. */
export async function spendToken(database: Database, tokenHash: Uint8Array<ArrayBuffer>, now: Date): Promise<boolean> {
  const { count } = await database.oneTimeToken.deleteMany({
    where: { tokenHash, purpose: PURPOSE, expiresAt: { gt: now } },
  });
  return count === 1;
}

/**
 * Makes a user of a sign-up.
 *
 * @returns null when the address or the provider's identity has an account by now.
 */
export async function insertUser(database: Database, signUp: PendingSignUp, now: Date): Promise<UserId | null> {
  const { email, name, image, passwordHash, identity, termsVersion } = signUp;
  const termsAgreedAt = termsVersion === null ? null : signUp.createdAt;
  if (identity && (await isLinked(database, identity))) return null;
  // ON CONFLICT DO NOTHING: a unique violation would end the transaction, and with it the clearing up after this.
  const [user] = await database.user.createManyAndReturn({
    data: [{ email, name, image, emailVerified: now, termsVersion, termsAgreedAt, createdAt: now }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (!user) return null;
  if (passwordHash !== null) {
    await database.password.create({ data: { userId: user.id, hash: passwordHash }, select: { userId: true } });
  }
  if (identity) {
    const { provider, providerType: type, providerAccountId } = identity;
    await database.account.create({
      data: { userId: user.id, type, provider, providerAccountId, providerEmail: email, createdAt: now },
      select: { id: true },
    });
  }
  return user.id as UserId;
}

async function isLinked(database: Database, { provider, providerAccountId }: ProviderIdentity): Promise<boolean> {
  return (await database.account.count({ where: { provider, providerAccountId } })) > 0;
}

/** Deletes every pending sign-up of an address, with their tokens. */
export async function deleteSignUps(database: Database, email: EmailAddress): Promise<void> {
  await database.signUp.deleteMany({ where: { email } });
}

/** The newest sign-up of an address that can still be confirmed. */
export async function findNewestSignUp(
  database: Database,
  email: EmailAddress,
  now: Date,
): Promise<PendingSignUp | null> {
  const row = await database.signUp.findFirst({
    where: { email, expiresAt: { gt: now } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: SIGN_UP_FIELDS,
  });
  return row ? toPendingSignUp(row) : null;
}

/**
 * The password hashes of an address's pending sign-ups, newest first, at most five: whoever signs in with the right one is
 * told that their address waits to be confirmed.
 */
export async function findPendingSignUps(
  email: EmailAddress,
  now: Date,
): Promise<{ id: string; passwordHash: string }[]> {
  const rows = await db().signUp.findMany({
    where: { email, expiresAt: { gt: now }, passwordHash: { not: null } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MAX_PENDING_SIGN_UPS,
    select: { id: true, passwordHash: true },
  });
  return rows.flatMap(({ id, passwordHash }) => (passwordHash === null ? [] : [{ id, passwordHash }]));
}

interface SignUpRow {
  id: string;
  email: string;
  name: string | null;
  image: string | null;
  passwordHash: string | null;
  provider: string | null;
  providerType: string | null;
  providerAccountId: string | null;
  termsVersion: string | null;
  createdAt: Date;
}

function toPendingSignUp({ provider, providerType, providerAccountId, ...row }: SignUpRow): PendingSignUp {
  const identity = provider && providerType && providerAccountId ? { provider, providerType, providerAccountId } : null;
  // Only addresses that passed EmailAddressSchema were ever stored.
  return { ...row, email: row.email as EmailAddress, identity };
}
