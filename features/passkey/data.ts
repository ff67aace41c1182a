import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";

/** What a challenge was handed out for; it is good for nothing else. */
export type ChallengePurpose = "registration" | "sign_in" | "second_factor" | "step_up";

/** For what, and for whom; null where nobody is signed in yet. */
export interface ChallengeUse {
  readonly purpose: ChallengePurpose;
  readonly userId: UserId | null;
}

/** Keeps a challenge until it is answered. */
export async function insertChallenge(
  challengeHash: Uint8Array<ArrayBuffer>,
  { purpose, userId }: ChallengeUse,
  createdAt: Date,
  expiresAt: Date,
): Promise<void> {
  await db().webauthnChallenge.create({
    data: { challengeHash, purpose, userId, createdAt, expiresAt },
    select: { purpose: true },
  });
}

/**
 * Takes a challenge away: of many who answer it at once, one finds it.
 *
 * @returns When it expires; null when there is none for this use.
 */
export async function deleteChallenge(
  challengeHash: Uint8Array,
  { purpose, userId }: ChallengeUse,
): Promise<Date | null> {
  const rows = await db().$queryRaw<{ expiresAt: Date }[]>`
    DELETE FROM webauthn_challenges
    WHERE challenge_hash = ${challengeHash} AND purpose = ${purpose} AND user_id IS NOT DISTINCT FROM ${userId}::uuid
    RETURNING expires_at AS "expiresAt"`;
  return rows[0]?.expiresAt ?? null;
}

/** A passkey as its owner sees it. */
export interface ListedPasskey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** Kept by a password manager on several devices, and not lost with one. */
  readonly backedUp: boolean;
}

const LISTED = { id: true, name: true, createdAt: true, lastUsedAt: true, backedUp: true } as const;

/** A person's passkeys, the newest first. */
export async function findPasskeys(userId: UserId): Promise<ListedPasskey[]> {
  return db().passkey.findMany({
    where: { userId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: LISTED,
  });
}

/** How a browser finds a passkey again. */
export interface CredentialDescriptor {
  readonly id: string;
  readonly transports: string[];
}

/** The credentials of a person, for the options of a ceremony. */
export async function findCredentials(userId: UserId): Promise<CredentialDescriptor[]> {
  const rows = await db().passkey.findMany({
    where: { userId },
    orderBy: { id: "asc" },
    select: { credentialId: true, transports: true },
  });
  return rows.map(({ credentialId: id, transports }) => ({ id, transports }));
}

/** What is needed of a passkey to judge its answer. */
export interface StoredCredential {
  readonly id: string;
  readonly userId: UserId;
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly backupEligible: boolean;
}

/** The passkey of a credential id; null when it is not known here. */
export async function findCredential(credentialId: string): Promise<StoredCredential | null> {
  const row = await db().passkey.findUnique({
    where: { credentialId },
    select: { id: true, userId: true, credentialId: true, publicKey: true, backupEligible: true },
  });
  return row && { ...row, userId: row.userId as UserId, publicKey: Uint8Array.from(row.publicKey) };
}

/**
 * Notes a use, unless the signature counter stands where it stood or went back: then there are two copies of the key.
 * Authenticators that don't count say 0 each time.
 *
 * @returns False when it did.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-sign-counter
 */
export async function noteUse(id: string, counter: number, backedUp: boolean, now: Date): Promise<boolean> {
  const { count } = await db().passkey.updateMany({
    where: { id, ...(counter === 0 ? { counter: 0 } : { counter: { lt: counter } }) },
    data: { counter, backedUp, lastUsedAt: now },
  });
  return count === 1;
}

/** A passkey about to be added. */
export interface NewPasskey {
  readonly userId: UserId;
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly aaguid: string;
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  readonly name: string;
}

/** Adds a passkey; null when its credential id belongs to somebody already, themselves included. */
export async function insertPasskey(
  transaction: Database,
  passkey: NewPasskey,
  now: Date,
): Promise<ListedPasskey | null> {
  const id = uuidv7(now);
  const { count } = await transaction.passkey.createMany({
    data: [{ ...passkey, transports: [...passkey.transports], id, createdAt: now }],
    skipDuplicates: true,
  });
  const { name, backedUp } = passkey;
  return count === 1 ? { id, name, createdAt: now, lastUsedAt: null, backedUp } : null;
}

/** Renames a person's own passkey; null when they have no such one. */
export async function updatePasskeyName(
  transaction: Database,
  userId: UserId,
  id: string,
  name: string,
): Promise<ListedPasskey | null> {
  const [row] = await transaction.passkey.updateManyAndReturn({
    where: { id, userId },
    data: { name },
    select: LISTED,
  });
  return row ?? null;
}

/** Whether a person has this passkey. */
export async function hasPasskey(transaction: Database, userId: UserId, id: string): Promise<boolean> {
  return (await transaction.passkey.findFirst({ where: { id, userId }, select: { id: true } })) !== null;
}

/** Removes a person's own passkey. */
export async function deletePasskey(transaction: Database, userId: UserId, id: string): Promise<void> {
  await transaction.passkey.deleteMany({ where: { id, userId } });
}
