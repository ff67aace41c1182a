import { findSession } from "@/features/session/data";
import { parseEndReason } from "@/features/session/end-reason";
import { standing } from "@/features/session/standing";
import { addSeconds } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { isUuid } from "@/lib/uuid";

/**
 * Looks at the session's row, and changes nothing: a look must not end a session or count as its use.
 *
 * @param generation - That of a cookie; null for an access token, which is superseded by nothing but its end.
 * @returns Why the session refuses it, in words; null when it doesn't.
 */
export async function whySessionRefuses(
  sessionId: string,
  generation: number | null,
  now: Date,
): Promise<string | null> {
  const row = isUuid(sessionId) ? await findSession(sessionId) : null;
  if (!row) return "Its session is not in the database: its account was deleted, or it is of another database.";
  if (row.endedAt) return `Its session ended at ${row.endedAt.toISOString()}: ${parseEndReason(row.endReason)}.`;
  if (row.disabledAt) return "Its account is disabled.";
  if (row.absoluteExpiresAt <= now) return "Its session is over: absolute_timeout.";
  if (row.idleExpiresAt <= now) return "Its session is over: idle_timeout.";
  if (generation === null) return null;
  const graceSince = addSeconds(now, -env().SESSION_ROTATION_GRACE);
  const superseded = standing(generation, row, graceSince) === "reuse";
  return superseded
    ? `Superseded: the session is at generation ${row.generation}. Presenting this one ends it: reuse_detected.`
    : null;
}
