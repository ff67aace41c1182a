import "server-only";

import type { UserId } from "@/features/account/user-id";
import { auditInsert } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import type { ProviderSession } from "@/features/provider-session/provider-session";
import { type Database, db } from "@/lib/db";
import type { RepeatedClaims } from "./session-claims";

/** A new session, as a sign-in makes it. */
export interface NewSession extends RequestOrigin {
  readonly userId: UserId;
  readonly method: string;
  readonly aal: 1 | 2;
  readonly amr: readonly string[];
  readonly authenticatedAt: Date;
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
  readonly remember: boolean;
  /** SHA-256 of what the browser's trusted-device cookie holds; null without one. */
  readonly trustedDeviceHash: Uint8Array<ArrayBuffer> | null;
  /** Which password was proven; null when it was none. */
  readonly passwordVersion: Date | null;
  readonly providerSession: ProviderSession;
}

/** A session's row with what its cookie repeats about the person. */
export interface SessionRow extends RepeatedClaims {
  readonly id: string;
  readonly userId: UserId;
  readonly generation: number;
  readonly confirmedGeneration: number;
  readonly recentRotations: Date[];
  readonly authenticatedAt: Date;
  readonly absoluteExpiresAt: Date;
  readonly idleExpiresAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly disabledAt: Date | null;
}

/** What came of making a session's row: with what the cookie repeats, or why there is none. */
type InsertedSession = RepeatedClaims & {
  readonly outcome: "made" | "overtaken" | "password_replaced" | "second_factor_required";
};

/**
 * Makes a session's row and its line in the audit log, unless the account is disabled or wants more proof than this sign-in
 * brings. No way in gets around this: without a second factor a session begins only where none is on, or in a browser that
 * the person trusts.
 *
 * A password that was replaced since it was proven is worth nothing: checking it takes long enough for that to happen.
 *
 * The share lock makes a sign-in and disabling the account, or turning a second factor on, happen one after the other. One
 * statement, so that the audit log's queue never waits for anything but the database; what it reads is as of before the wait
 * for that lock, so that a person's row that changed meanwhile (`claims_version`) makes it `overtaken`: to be tried again.
 *
 * @returns null when there is no such person or the account is disabled.
 */
export async function insertSession(id: string, session: NewSession): Promise<InsertedSession | null> {
  const { userId, method, aal } = session;
  const { providerSessionId, sealedIdToken } = session.providerSession;
  const event = { kind: "signed_in", userId, sessionId: id, origin: session, details: { method, aal } } as const;
  const rows = await db().$queryRaw<InsertedSession[]>`
    WITH person AS (
      SELECT id, email, name, image, locale, time_zone, terms_version, roles, claims_version, deletion_due_at FROM users
      WHERE id = ${userId}::uuid AND disabled_at IS NULL FOR SHARE
    ), before AS (
      SELECT claims_version, ${aal} >= 2
        OR NOT EXISTS (SELECT FROM totp_factors t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL)
        OR EXISTS (SELECT FROM trusted_devices d WHERE d.token_hash = ${session.trustedDeviceHash} AND d.user_id = u.id
          AND d.expires_at > ${session.authenticatedAt}) AS proven,
        ${session.passwordVersion}::timestamptz IS NULL
        OR EXISTS (SELECT FROM passwords p WHERE p.user_id = u.id AND p.updated_at = ${session.passwordVersion}) AS current
      FROM users u WHERE id = ${userId}::uuid
    ), made AS (
      INSERT INTO sessions (id, user_id, method, aal, amr, authenticated_at, last_seen_at, idle_expires_at, absolute_expires_at, remember, user_agent, ip,
        provider_session_id, sealed_id_token)
      SELECT ${id}::uuid, person.id, ${method}, ${aal}, ${[...session.amr]}, ${session.authenticatedAt}, ${session.authenticatedAt},
        ${session.idleExpiresAt}, ${session.absoluteExpiresAt}, ${session.remember}, ${session.userAgent}, ${session.ip},
        ${providerSessionId}, ${sealedIdToken}
      FROM person JOIN before USING (claims_version) WHERE before.proven AND before.current RETURNING id
    ), told AS (
      ${auditInsert(event)} FROM made
    )
    SELECT email, name, image, locale, time_zone AS "timeZone", terms_version AS "termsVersion", roles, person.claims_version AS "claimsVersion",
      deletion_due_at AS "deletionDueAt", EXISTS (
      SELECT FROM accounts a JOIN provider_tokens t ON t.account_id = a.id WHERE a.user_id = person.id AND t.needs_consent_at IS NOT NULL
    ) AS "needsConsent", CASE WHEN EXISTS (SELECT FROM made) THEN 'made'
      WHEN person.claims_version <> before.claims_version THEN 'overtaken'
      WHEN NOT before.current THEN 'password_replaced' ELSE 'second_factor_required' END AS outcome
    FROM person, before`;
  return rows[0] ?? null;
}

/** A rotation to carry out if the row allows it. */
export interface Rotation {
  readonly id: string;
  /** The generation that was presented. */
  readonly generation: number;
  readonly now: Date;
  /** The same instant by the database's clock, which all instances share. */
  readonly rotatedAt: Date;
  readonly idleExpiresAt: Date;
  /** Rotations before this instant, by the database's clock, are out of their grace. */
  readonly graceSince: Date;
}

const SESSION_COLUMNS = `s.id, s.user_id AS "userId", s.generation, s.confirmed_generation AS "confirmedGeneration",
  s.recent_rotations AS "recentRotations", s.authenticated_at AS "authenticatedAt", s.absolute_expires_at AS "absoluteExpiresAt",
  s.idle_expires_at AS "idleExpiresAt", s.ended_at AS "endedAt", s.end_reason AS "endReason",
  u.email, u.name, u.image, u.locale, u.time_zone AS "timeZone", u.terms_version AS "termsVersion", u.roles, u.claims_version AS "claimsVersion", u.disabled_at AS "disabledAt",
  u.deletion_due_at AS "deletionDueAt",
  EXISTS (
    SELECT FROM accounts a JOIN provider_tokens t ON t.account_id = a.id WHERE a.user_id = u.id AND t.needs_consent_at IS NOT NULL
  ) AS "needsConsent"`;

/**
 * Moves a session from the presented generation to the next one, once, whoever else tries (S4).
 *
 * A row that is *behind* the presented generation was restored from before its last rotation: the cookie is authentic, so it
 * leads.
 *
 * @returns The row after the move; null when it has moved on, ended or expired.
 */
export async function advanceGeneration(rotation: Rotation): Promise<SessionRow | null> {
  const { id, generation, now, rotatedAt, idleExpiresAt, graceSince } = rotation;
  const rows = await db().$queryRawUnsafe<SessionRow[]>(
    `UPDATE sessions s SET generation = $2 + 1, confirmed_generation = $2, last_seen_at = $3, idle_expires_at = $4,
       recent_rotations = ARRAY(SELECT t FROM unnest(s.recent_rotations) t WHERE t > $5) || $6::timestamptz(3)
     FROM users u
     WHERE s.id = $1::uuid AND u.id = s.user_id AND s.generation <= $2 AND s.ended_at IS NULL AND u.disabled_at IS NULL
       AND s.idle_expires_at > $3 AND s.absolute_expires_at > $3
     RETURNING ${SESSION_COLUMNS}`,
    id,
    generation,
    now,
    idleExpiresAt,
    graceSince,
    rotatedAt,
  );
  return rows[0] ?? null;
}

/** A session's row as it is now; null when it doesn't exist. */
export async function findSession(id: string): Promise<SessionRow | null> {
  const rows = await db().$queryRawUnsafe<SessionRow[]>(
    `SELECT ${SESSION_COLUMNS} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1::uuid`,
    id,
  );
  return rows[0] ?? null;
}

/**
 * Gives the successor out again, to a client that never got it (S5): the generation stays, its times start anew.
 *
 * @returns False when the session has moved on meanwhile.
 */
export async function renewUnconfirmed(rotation: Rotation & { successor: number }): Promise<boolean> {
  const { count } = await db().session.updateMany({
    where: {
      id: rotation.id,
      generation: rotation.successor,
      confirmedGeneration: { lt: rotation.successor },
      endedAt: null,
    },
    data: { lastSeenAt: rotation.now, idleExpiresAt: rotation.idleExpiresAt, recentRotations: [rotation.rotatedAt] },
  });
  return count === 1;
}

/**
 * Notes that these generations have been presented. Never moves a note backwards.
 *
 * Rows are locked in the order of their ids, here and wherever else several are: two such statements wait for each other in
 * turn, and never both.
 */
export async function confirmGenerations(presented: readonly { id: string; generation: number }[]): Promise<void> {
  const ids = presented.map(({ id }) => id);
  const generations = presented.map(({ generation }) => generation);
  await db().$executeRaw`
    WITH held AS (
      SELECT s.id, p.generation FROM sessions s JOIN unnest(${ids}::uuid[], ${generations}::int[]) AS p(id, generation) ON s.id = p.id
      WHERE s.confirmed_generation < p.generation AND s.generation >= p.generation
      ORDER BY s.id FOR NO KEY UPDATE OF s
    )
    UPDATE sessions s SET confirmed_generation = held.generation FROM held WHERE s.id = held.id`;
}

/**
 * Ends sessions and tells the feed, in one statement.
 *
 * @param where - Which of the sessions that have not ended yet.
 * @returns The ids of those that this call ended.
 */
export async function endSessions(
  database: Database,
  where: { ids: readonly string[] } | { userId: string; except?: string | undefined },
  reason: string,
  now: Date,
): Promise<string[]> {
  const ids = "ids" in where ? [...where.ids] : null;
  const userId = "userId" in where ? where.userId : null;
  const except = "userId" in where ? (where.except ?? null) : null;
  const rows = await database.$queryRaw<{ id: string }[]>`
    WITH held AS (
      SELECT id FROM sessions
      WHERE ended_at IS NULL AND (id = ANY(${ids}::uuid[]) OR (user_id = ${userId}::uuid AND id IS DISTINCT FROM ${except}::uuid))
      ORDER BY id FOR NO KEY UPDATE
    ), ended AS (
      UPDATE sessions s SET ended_at = ${now}, end_reason = ${reason}, sealed_id_token = NULL FROM held WHERE s.id = held.id RETURNING s.id
    ), told AS (
      INSERT INTO revocation_feed (session_id, end_reason) SELECT id, ${reason} FROM ended
    )
    SELECT id FROM ended`;
  return rows.map((row) => row.id);
}

/** An entry of the revocation feed. */
export interface FeedEntry {
  readonly sessionId: string | null;
  readonly endReason: string | null;
  readonly userId: string | null;
  readonly claimsVersion: number | null;
}

/**
 * The feed's entries since an instant of the *database's* clock, with that clock's reading.
 *
 * @param since - null: those of the last `lookBackSeconds`.
 */
export async function readFeed(
  since: Date | null,
  lookBackSeconds: number,
): Promise<{ at: Date; entries: FeedEntry[] }> {
  const rows = await db().$queryRaw<(FeedEntry & { at: Date; id: bigint | null })[]>`
    SELECT clock.at, f.id, f.session_id AS "sessionId", f.end_reason AS "endReason", f.user_id AS "userId", f.claims_version AS "claimsVersion"
    FROM (SELECT clock_timestamp() AS at) clock
    LEFT JOIN revocation_feed f ON f.recorded_at > coalesce(${since}::timestamptz, clock.at - make_interval(secs => ${lookBackSeconds}::int))`;
  const at = rows[0]?.at;
  if (!at) throw new Error("The clock's row is always there.");
  return { at, entries: rows.filter((row) => row.id !== null) };
}
