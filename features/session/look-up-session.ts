import { addSeconds } from "@/lib/clock";
import { findSession, type SessionRow } from "./data";
import { parseEndReason, type SessionEndReason } from "./end-reason";
import { endSession } from "./end-session";
import { CLOCK_TOLERANCE_SECONDS } from "./policy";
import { revocationFeed } from "./revocation-feed";

/**
 * Reads a session's row, and writes down that it is over when its time or its account is and nobody has noted it yet.
 *
 * @throws When the database can't be asked; then nothing has been decided.
 */
export async function lookUpSession(
  sessionId: string,
  now: Date,
): Promise<{ state: "open"; row: SessionRow } | { state: "ended"; reason: SessionEndReason }> {
  const row = await findSession(sessionId);
  // Sessions go with their account, and ended ones only after every cookie of theirs is out of its time.
  if (!row) return { state: "ended", reason: "account_deleted" };
  if (row.endedAt) return { state: "ended", reason: parseEndReason(row.endReason) };
  const reason = overdueReason(row, now);
  if (reason === null)
    return {
      state: "open",
      row: { ...row, recentRotations: believable(row.recentRotations, revocationFeed().databaseTime(now)) },
    };
  return { state: "ended", reason: await endSession({ sid: row.id, sub: row.userId }, reason, now) };
}

/** What a clock noted that ran ahead and was set back would excuse copied cookies until that time comes. */
function believable(rotations: readonly Date[], now: Date): Date[] {
  return rotations.filter((rotatedAt) => rotatedAt <= addSeconds(now, CLOCK_TOLERANCE_SECONDS));
}

function overdueReason(row: SessionRow, now: Date): SessionEndReason | null {
  if (row.disabledAt) return "account_disabled";
  if (row.absoluteExpiresAt <= now) return "absolute_timeout";
  return row.idleExpiresAt <= now ? "idle_timeout" : null;
}
