import "server-only";

import type { UserId } from "@/features/account/user-id";
import type { RepeatedClaims } from "@/features/session/session-claims";
import type { Database } from "@/lib/db";

/** The row of a session that goes on in place of another. */
export interface SuccessorRow extends RepeatedClaims {
  readonly method: string;
  readonly aal: 1 | 2;
  readonly amr: string[];
  readonly remember: boolean;
  readonly absoluteExpiresAt: Date;
}

/**
 * Makes a session's row out of a live one of the same person, under an id of its own. Of the other it keeps how and when the
 * person signed in and when that ends whatever happens.
 *
 * @returns null when the other has ended, or is somebody else's.
 */
export async function insertSuccessor(
  database: Database,
  predecessor: { sessionId: string; userId: UserId },
  successor: { id: string; authenticatedAt: Date; idleExpiresAt: Date },
): Promise<SuccessorRow | null> {
  const { id, authenticatedAt: now, idleExpiresAt } = successor;
  const rows = await database.$queryRaw<SuccessorRow[]>`
    WITH made AS (
      INSERT INTO sessions (id, user_id, method, aal, amr, authenticated_at, created_at, last_seen_at, idle_expires_at,
        absolute_expires_at, remember, user_agent, ip)
      SELECT ${id}::uuid, user_id, method, aal, amr, ${now}, created_at, ${now}, ${idleExpiresAt},
        absolute_expires_at, remember, user_agent, ip
      FROM sessions
      WHERE id = ${predecessor.sessionId}::uuid AND user_id = ${predecessor.userId}::uuid AND ended_at IS NULL
        AND idle_expires_at > ${now} AND absolute_expires_at > ${now}
      RETURNING *
    )
    SELECT m.method, m.aal, m.amr, m.remember, m.absolute_expires_at AS "absoluteExpiresAt",
      u.email, u.name, u.image, u.locale, u.time_zone AS "timeZone", u.terms_version AS "termsVersion", u.roles,
      u.claims_version AS "claimsVersion", u.deletion_due_at AS "deletionDueAt", EXISTS (
        SELECT FROM accounts a JOIN provider_tokens t ON t.account_id = a.id WHERE a.user_id = u.id AND t.needs_consent_at IS NOT NULL
      ) AS "needsConsent"
    FROM made m JOIN users u ON u.id = m.user_id`;
  return rows[0] ?? null;
}
