import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** A line of the audit log, as the person whom it is about may see it. */
export interface ActivityRow {
  readonly recordedAt: Date;
  readonly kind: string;
  readonly sessionId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly details: unknown;
}

const ACTIVITY_COLUMNS = {
  recordedAt: true,
  kind: true,
  sessionId: true,
  ip: true,
  userAgent: true,
  details: true,
} as const;

/** What happened to a person's account, newest first. */
export async function findActivity(userId: UserId, skip: number, take: number): Promise<ActivityRow[]> {
  return await db().auditEvent.findMany({
    where: { userId },
    orderBy: { id: "desc" },
    skip,
    take,
    select: ACTIVITY_COLUMNS,
  });
}

/** How one of a person's own sessions began; null when it is not theirs. */
export async function findSignIn(userId: UserId, sessionId: string): Promise<ActivityRow | null> {
  return await db().auditEvent.findFirst({
    where: { userId, sessionId, kind: "signed_in" },
    select: ACTIVITY_COLUMNS,
  });
}

/**
 * Takes from an account whatever was begun and would let somebody in or take it over: browsers that are trusted or known, links
 * and codes that wait to be used, and a move to another address that is not confirmed. The link that undoes a move which was
 * confirmed stays: it is the way back of whoever had the old address.
 */
export async function voidWhatWaits(database: Database, userId: UserId): Promise<void> {
  await database.$executeRaw`
    WITH trusted AS (DELETE FROM trusted_devices WHERE user_id = ${userId}::uuid),
      known AS (DELETE FROM known_devices WHERE user_id = ${userId}::uuid),
      challenges AS (DELETE FROM sign_in_challenges WHERE user_id = ${userId}::uuid),
      ceremonies AS (DELETE FROM webauthn_challenges WHERE user_id = ${userId}::uuid),
      connections AS (DELETE FROM connection_requests WHERE user_id = ${userId}::uuid),
      tokens AS (DELETE FROM one_time_tokens WHERE user_id = ${userId}::uuid),
      links AS (DELETE FROM magic_links WHERE email = (SELECT email FROM users WHERE id = ${userId}::uuid))
    UPDATE email_changes SET confirm_token_hash = NULL WHERE user_id = ${userId}::uuid AND confirmed_at IS NULL`;
}

/** An account as far as it has been secured since its owner last reported that somebody else was in it. */
export interface SecuringState {
  readonly reportedAt: Date;
  readonly email: string;
  readonly hasPassword: boolean;
  readonly passwordReplaced: boolean;
  readonly connections: number;
  readonly passkeys: number;
  readonly secondFactor: boolean;
  readonly deletionDueAt: Date | null;
}

/** How far an account has been secured; null when nothing was ever reported. */
export async function findSecuringState(userId: UserId): Promise<SecuringState | null> {
  const rows = await db().$queryRaw<SecuringState[]>`
    SELECT report.recorded_at AS "reportedAt", u.email, u.deletion_due_at AS "deletionDueAt",
      EXISTS (SELECT FROM passwords WHERE user_id = u.id) AS "hasPassword",
      EXISTS (
        SELECT FROM audit_events WHERE user_id = u.id AND id > report.id AND kind IN ('password_changed', 'password_reset', 'password_set')
      ) AS "passwordReplaced",
      (SELECT count(*)::int FROM accounts WHERE user_id = u.id) AS connections,
      (SELECT count(*)::int FROM passkeys WHERE user_id = u.id) AS passkeys,
      EXISTS (SELECT FROM totp_factors WHERE user_id = u.id AND confirmed_at IS NOT NULL) AS "secondFactor"
    FROM users u, LATERAL (
      SELECT id, recorded_at FROM audit_events WHERE user_id = u.id AND kind = 'reported_as_not_me' ORDER BY id DESC LIMIT 1
    ) report
    WHERE u.id = ${userId}::uuid`;
  return rows[0] ?? null;
}
