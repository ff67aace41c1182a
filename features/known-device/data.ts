import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** Notes that a person signed in with this browser again; false when they never did. */
export async function touchKnownDevice(userId: UserId, tokenHash: Uint8Array, now: Date): Promise<boolean> {
  const touched = await db().$executeRaw`
    UPDATE known_devices SET last_seen_at = ${now} WHERE user_id = ${userId}::uuid AND token_hash = ${tokenHash}`;
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
  userId: UserId,
  tokenHash: Uint8Array,
  now: Date,
): Promise<boolean> {
  const inserted = await database.$executeRaw`
    INSERT INTO known_devices (user_id, token_hash, created_at, last_seen_at)
    VALUES (${userId}::uuid, ${tokenHash}, ${now}, ${now}) ON CONFLICT DO NOTHING`;
  return inserted === 1;
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
