import { openSessionCookie } from "@/features/session/session-cookie";
import type { TestDatabase } from "./database";
import { findSecrets } from "./secret-witness";
import { SESSION_COOKIE } from "./session-cookies";

/** Runs one statement in the database that is looked into. */
type Query = TestDatabase["query"];

/** What must hold after each fault, whatever the fault was: a rule, and how to find the rows that break it. */
const RULES: readonly (readonly [rule: string, rowsThatBreakIt: string])[] = [
  [
    "no session without a completed sign-in",
    // A session that goes on under a new id (features/session-successor) keeps its birth, and has no sign-in of its own.
    `SELECT s.id::text FROM sessions s WHERE NOT EXISTS (
       SELECT FROM audit_events a JOIN sessions born ON born.id = a.session_id WHERE a.kind = 'signed_in' AND a.user_id = s.user_id
         AND born.user_id = s.user_id AND (born.id = s.id OR (born.created_at = s.created_at AND born.absolute_expires_at = s.absolute_expires_at)))`,
  ],
  [
    "at most one live leaf in a refresh family: no session beside its successor",
    `SELECT s.id::text FROM sessions s JOIN sessions other
       ON other.user_id = s.user_id AND other.created_at = s.created_at AND other.absolute_expires_at = s.absolute_expires_at AND other.id <> s.id
     WHERE s.ended_at IS NULL AND other.ended_at IS NULL
       AND NOT EXISTS (SELECT FROM audit_events a WHERE a.kind = 'signed_in' AND a.session_id = s.id)`,
  ],
  [
    "at most one live leaf in a refresh family: nothing was presented that wasn't issued",
    "SELECT id::text FROM sessions WHERE confirmed_generation > generation",
  ],
  [
    "at most one live leaf in a refresh family: what the feed calls ended has ended",
    `SELECT s.id::text FROM sessions s JOIN revocation_feed f ON f.session_id = s.id
     WHERE s.ended_at IS NULL OR s.end_reason IS DISTINCT FROM f.end_reason`,
  ],
  [
    "every one-time token was spent at most once: a sign-up's",
    "SELECT user_id::text FROM audit_events WHERE kind = 'signed_up' GROUP BY user_id HAVING count(*) > 1",
  ],
  [
    "every one-time token was spent at most once: none is left of a sign-up whose address is proven",
    "SELECT s.id::text FROM sign_ups s JOIN users u USING (email)",
  ],
  [
    "every one-time token was spent at most once: a password reset's",
    `SELECT user_id::text FROM audit_events GROUP BY user_id HAVING count(*) FILTER (WHERE kind = 'password_reset') >
       count(*) FILTER (WHERE kind = 'password_reset_requested' AND details ->> 'outcome' = 'link_mailed')`,
  ],
  [
    "every one-time token was spent at most once: an e-mail change's",
    `SELECT user_id::text FROM audit_events WHERE kind = 'email_changed' GROUP BY user_id HAVING count(*) >
       (SELECT count(*) FROM email_changes c WHERE c.user_id = audit_events.user_id AND c.confirmed_at IS NOT NULL)`,
  ],
  [
    "as many users as distinct normalised e-mail addresses",
    "SELECT lower(normalize(email, NFKC)) FROM users GROUP BY 1 HAVING count(*) > 1",
  ],
  [
    "a row in the audit log for each effect: an account",
    `SELECT u.id::text FROM users u WHERE NOT EXISTS (
       SELECT FROM audit_events a WHERE a.kind = 'signed_up' AND a.user_id = u.id)`,
  ],
  [
    "a row in the audit log for each effect: the end of a session",
    `SELECT s.id::text FROM sessions s JOIN (VALUES
       ('signed_out', '{signed_out}'::text[]), ('reuse_detected', '{session_reuse_detected}'),
       ('revoked_by_user', '{session_revoked,other_sessions_revoked,all_sessions_revoked,reported_as_not_me}'),
       ('password_changed', '{password_changed,password_reset,password_set}'),
       ('account_deleted', '{account_deletion_requested}')
     ) AS told(reason, kinds) ON told.reason = s.end_reason
     WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.kind = ANY(told.kinds) AND a.user_id = s.user_id
       AND (a.kind NOT IN ('signed_out', 'session_reuse_detected') OR a.session_id = s.id))`,
  ],
  [
    "a row in the audit log for each effect: a second factor",
    `SELECT t.user_id::text FROM totp_factors t WHERE t.confirmed_at IS NOT NULL AND 'second_factor_enabled' IS DISTINCT FROM (
       SELECT a.kind FROM audit_events a WHERE a.user_id = t.user_id AND a.kind LIKE 'second\\_factor\\_%abled' ORDER BY a.id DESC LIMIT 1)`,
  ],
  [
    "a row in the audit log for each effect: an account's last days",
    `SELECT u.id::text FROM users u WHERE (u.deletion_due_at IS NOT NULL) <> coalesce((
       SELECT a.kind = 'account_deletion_requested' FROM audit_events a WHERE a.user_id = u.id
         AND a.kind IN ('account_deletion_requested', 'account_deletion_cancelled') ORDER BY a.id DESC LIMIT 1), false)`,
  ],
  [
    "an effect for each row in the audit log: an account that is there, or was deleted",
    `SELECT a.id::text FROM audit_events a WHERE a.kind = 'signed_up' AND NOT EXISTS (SELECT FROM users u WHERE u.id = a.user_id)
       AND NOT EXISTS (SELECT FROM audit_events d WHERE d.kind = 'account_deleted' AND d.user_id = a.user_id)`,
  ],
  [
    "an effect for each row in the audit log: a sign-in's session",
    `SELECT a.id::text FROM audit_events a JOIN users u ON u.id = a.user_id WHERE a.kind = 'signed_in'
       AND NOT EXISTS (SELECT FROM sessions s WHERE s.id = a.session_id)`,
  ],
  [
    "an effect for each row in the audit log: the end of a session",
    `SELECT a.id::text FROM audit_events a JOIN sessions s ON s.id = a.session_id
     WHERE a.kind IN ('signed_out', 'session_revoked', 'session_reuse_detected') AND s.ended_at IS NULL`,
  ],
  [
    "an effect for each row in the audit log: a new password",
    `SELECT a.id::text FROM audit_events a JOIN users u ON u.id = a.user_id
     WHERE a.kind IN ('password_reset', 'password_changed', 'password_set') AND NOT EXISTS (SELECT FROM passwords p WHERE p.user_id = u.id)`,
  ],
  [
    "the audit log's chain holds",
    `SELECT id::text FROM (SELECT e.id, e.previous_hash, e.hash, lag(e.hash, 1, '\\x'::bytea) OVER (ORDER BY e.id) AS before,
       audit_event_digest(e.previous_hash, e) AS digest FROM audit_events e) chain
     WHERE previous_hash <> before OR hash <> digest`,
  ],
  [
    "nobody without a way to sign in",
    `SELECT u.id::text FROM users u WHERE NOT EXISTS (SELECT FROM passwords p WHERE p.user_id = u.id)
       AND NOT EXISTS (SELECT FROM accounts a WHERE a.user_id = u.id) AND NOT EXISTS (SELECT FROM passkeys k WHERE k.user_id = u.id)`,
  ],
  [
    "no half of anything: a token is somebody's",
    "SELECT purpose FROM one_time_tokens WHERE user_id IS NULL AND sign_up_id IS NULL",
  ],
  [
    "no half of anything: a sign-up has its mail",
    `SELECT s.id::text FROM sign_ups s WHERE NOT EXISTS (SELECT FROM one_time_tokens t WHERE t.sign_up_id = s.id)
       OR NOT EXISTS (SELECT FROM outgoing_mails m WHERE m.recipient = s.email AND m.kind = 'sign_up_verification')`,
  ],
  [
    "no half of anything: a session that ended says why",
    "SELECT id::text FROM sessions WHERE (ended_at IS NULL) <> (end_reason IS NULL)",
  ],
  [
    "no half of anything: a mail waits with its content, or is done without it",
    `SELECT id::text FROM outgoing_mails WHERE (next_attempt_at IS NULL) <> (sealed_content IS NULL)
       OR (sent_at IS NOT NULL AND next_attempt_at IS NOT NULL)`,
  ],
  [
    "no transaction is stuck",
    `SELECT pid::text FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'
       AND state_change < now() - interval '5 seconds'`,
  ],
];

/** Every rule that rows of the database break, and which: empty where all is well. */
export async function brokenInvariants(query: Query): Promise<string[]> {
  const all = [...RULES, ...(await orphanRules(query))];
  const parts = all.map(([, rows], index) => `SELECT ${index} AS rule, row FROM (${rows}) AS broken(row)`);
  const found = await query<{ rule: number; row: string }>(parts.join(" UNION ALL "));
  return found.map(({ rule, row }) => `${all[rule]?.[0]} (${row})`);
}

/** For each foreign key that no row may point nowhere: a restored or half-written table isn't held to them. */
async function orphanRules(query: Query): Promise<(readonly [string, string])[]> {
  const keys = await query<{ child: string; parent: string; from: string; to: string }>(
    `SELECT c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent, f.attname AS "from", t.attname AS "to"
     FROM pg_constraint c JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = c.conkey[1]
     JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = c.confkey[1] WHERE c.contype = 'f'`,
  );
  return keys.map(({ child, parent, from, to }) => [
    `no orphan in ${child}`,
    `SELECT "${from}"::text FROM ${child} AS child WHERE "${from}" IS NOT NULL
       AND NOT EXISTS (SELECT FROM ${parent} AS parent WHERE parent."${to}" = child."${from}")`,
  ]);
}

/**
 * The session cookies that a server handed out although their generation was never written down: a second leaf of a family.
 *
 * @param secrets - What was seen, by name: see secret-witness.ts.
 */
export async function forkedCookies(query: Query, secrets: ReadonlyMap<string, string>): Promise<string[]> {
  const newest = new Map<string, number>();
  for (const [name, value] of secrets) {
    const claims = name.startsWith(`cookie ${SESSION_COOKIE}`) ? openSessionCookie(value, new Date(0)) : null;
    if (claims) newest.set(claims.sid, Math.max(newest.get(claims.sid) ?? 0, claims.gen));
  }
  const rows = await query<{ id: string; generation: number }>(
    "SELECT id, generation FROM sessions WHERE id = ANY($1)",
    [[...newest.keys()]],
  );
  return rows
    .filter(({ id, generation }) => (newest.get(id) ?? 0) > generation)
    .map(({ id }) => `at most one live leaf in a refresh family: a cookie that the row doesn't know of (${id})`);
}

/** The secrets that a server's output tells. */
export function toldSecrets(output: string, secrets: ReadonlyMap<string, string>): string[] {
  return findSecrets([`log ${output}`], secrets).map((found) => `no secret in the log (${found})`);
}
