import "server-only";

import type { UserId } from "@/features/account/user-id";
import { auditInsert } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import type { Rotation } from "@/features/session/data";
import { db } from "@/lib/db";

/**
 * Moves a session from the presented generation to the next one, dates its authentication to now, and tells the audit log, in
 * one statement.
 *
 * @returns The new generation; null when the row holds another one than was presented, or the session is over.
 */
export async function advanceAuthentication(
  rotation: Rotation,
  userId: UserId,
  proof: { method: string; aal: 1 | 2; amr: readonly string[]; origin: RequestOrigin | undefined },
): Promise<{ generation: number } | null> {
  const { id, generation, now, rotatedAt, idleExpiresAt, graceSince } = rotation;
  const { method, aal, amr, origin } = proof;
  const told = auditInsert({
    kind: "reauthenticated",
    userId,
    sessionId: id,
    details: { method },
    ...(origin && { origin }),
  });
  const rows = await db().$queryRaw<{ generation: number }[]>`
    WITH moved AS (UPDATE sessions s SET generation = s.generation + 1, confirmed_generation = s.generation, authenticated_at = ${now}, aal = ${aal}, amr = ${[...amr]},
      last_seen_at = ${now}, idle_expires_at = ${idleExpiresAt},
      recent_rotations = ARRAY(SELECT t FROM unnest(s.recent_rotations) t WHERE t > ${graceSince}) || ${rotatedAt}::timestamptz(3)
    FROM users u
    WHERE s.id = ${id}::uuid AND s.user_id = ${userId}::uuid AND u.id = s.user_id AND s.generation = ${generation} AND s.ended_at IS NULL
      AND u.disabled_at IS NULL AND s.idle_expires_at > ${now} AND s.absolute_expires_at > ${now}
    RETURNING s.generation), told AS (${told} FROM moved)
    SELECT generation FROM moved`;
  return rows[0] ?? null;
}
