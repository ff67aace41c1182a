import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** A browser that somebody signed in with, and how. */
export interface SeenDevice {
  readonly userId: UserId;
  readonly tokenHash: Uint8Array;
  readonly method: string;
  readonly remember: boolean;
}

/** Notes that a person signed in with this browser again; false when they never did. */
export async function touchKnownDevice(
  { userId, tokenHash, method, remember }: SeenDevice,
  now: Date,
): Promise<boolean> {
  const touched = await db().$executeRaw`
    UPDATE known_devices SET last_seen_at = ${now}, method = ${method}, remember = ${remember}
    WHERE user_id = ${userId}::uuid AND token_hash = ${tokenHash}`;
  return touched === 1;
}

/** Whether this browser is known to the account of an address. One statement, whether or not there is such an account. */
export async function isKnownDevice(email: string, tokenHash: Uint8Array): Promise<boolean> {
  const [row] = await db().$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM known_devices k JOIN users u ON u.id = k.user_id WHERE u.email = ${email} AND k.token_hash = ${tokenHash}
    ) AS known`;
  return row?.known === true;
}

/** Makes a browser known to an account. Of parallel callers, one gets true. */
export async function insertKnownDevice(
  database: Database,
  { userId, tokenHash, method, remember }: SeenDevice,
  now: Date,
): Promise<boolean> {
  const inserted = await database.$executeRaw`
    INSERT INTO known_devices (user_id, token_hash, created_at, last_seen_at, method, remember)
    VALUES (${userId}::uuid, ${tokenHash}, ${now}, ${now}, ${method}, ${remember}) ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/** Who signed in with a browser, and how. */
export interface KnownPerson {
  readonly email: string;
  readonly name: string | null;
  /** "password" or the provider's id. */
  readonly method: string;
}

/** Who signed in with this browser last and asked to stay signed in there, if anybody. */
export async function findKnownPerson(tokenHash: Uint8Array): Promise<KnownPerson | null> {
  const [row] = await db().$queryRaw<(KnownPerson & { remember: boolean })[]>`
    SELECT u.email, u.name, coalesce(k.method, '') AS method, k.remember AND u.disabled_at IS NULL AS remember
    FROM known_devices k JOIN users u ON u.id = k.user_id
    WHERE k.token_hash = ${tokenHash} ORDER BY k.last_seen_at DESC LIMIT 1`;
  return row?.remember ? { email: row.email, name: row.name, method: row.method } : null;
}

/** Makes a browser unknown to every account that knows it. */
export async function deleteKnownDevice(tokenHash: Uint8Array): Promise<void> {
  await db().knownDevice.deleteMany({ where: { tokenHash: Uint8Array.from(tokenHash) } });
}

/** The address of a person's account, and whether they had signed in before they began this session. */
export async function findGreeting(
  database: Database,
  userId: UserId,
  sessionId: string,
): Promise<{ email: string; hasSignedInBefore: boolean } | null> {
  const rows = await database.$queryRaw<{ email: string; hasSignedInBefore: boolean }[]>`
    SELECT email, EXISTS (
      SELECT FROM audit_events WHERE user_id = u.id AND kind = 'signed_in' AND session_id IS DISTINCT FROM ${sessionId}::uuid
    ) AS "hasSignedInBefore" FROM users u WHERE id = ${userId}::uuid`;
  return rows[0] ?? null;
}
