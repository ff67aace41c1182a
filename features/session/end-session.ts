import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { AuditEventKind } from "@/features/audit/event-kind";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { type Database, inTransaction } from "@/lib/db";
import { log } from "@/lib/log";
import { isUuid } from "@/lib/uuid";
import { endSessions, findSession } from "./data";
import { parseEndReason, type SessionEndReason } from "./end-reason";
import { mailAboutReuse } from "./mail-about-reuse";
import { revocationFeed } from "./revocation-feed";
import type { SessionClaims } from "./session-claims";

/** What the audit log calls it when one session ends. Running out of time is nobody's doing, and stands in no log. */
const EVENTS: Partial<Record<SessionEndReason, AuditEventKind>> = {
  signed_out: "signed_out",
  revoked_by_user: "session_revoked",
  revoked_by_admin: "session_revoked",
  reuse_detected: "session_reuse_detected",
};

/**
 * Ends one session, on every instance within the staleness bound and on this one at once (S3, S9).
 *
 * @param origin - From where that was asked for; for `reuse_detected`, from where the copy came.
 * @returns Why it ended: `reason`, or the earlier one if it had ended already.
 */
export async function endSession(
  session: Pick<SessionClaims, "sid" | "sub">,
  reason: SessionEndReason,
  now: Date,
  origin?: RequestOrigin,
): Promise<SessionEndReason> {
  const { sid: sessionId, sub: userId } = session;
  const ended = await inTransaction(async (database) => {
    const ids = await endSessions(database, { ids: [sessionId] }, reason, now);
    const kind = EVENTS[reason];
    if (ids.length === 0 || !kind) return ids;
    if (reason === "reuse_detected") await mailAboutReuse(database, userId, origin?.language, now);
    await appendAuditEvent(database, { kind, userId, sessionId, ...(origin && { origin }) });
    return ids;
  });
  revocationFeed().noteEnded(ended, reason);
  if (ended.length > 0) {
    if (reason === "reuse_detected") {
      wakeMailWorker();
      log.warn({ event: "refresh_reuse", sessionId }, "a superseded session cookie was presented");
    }
    return reason;
  }
  const row = await findSession(sessionId);
  return parseEndReason(row?.endReason);
}

/**
 * Ends one of a person's own sessions.
 *
 * @param sessionId - As received, unverified.
 * @returns False when this person has no such session that hasn't ended: somebody else's looks the same as none.
 */
export async function endOwnSession(
  userId: UserId,
  sessionId: string,
  now: Date,
  origin?: RequestOrigin,
): Promise<boolean> {
  const row = isUuid(sessionId) ? await findSession(sessionId) : null;
  if (row?.userId !== userId || row.endedAt) return false;
  await endSession({ sid: sessionId, sub: userId }, "revoked_by_user", now, origin);
  return true;
}

/**
 * Ends all of a person's sessions, or all but one.
 *
 * @returns How many ended.
 */
export async function endSessionsOf(
  userId: UserId,
  reason: SessionEndReason,
  now: Date,
  options: { except?: string; origin?: RequestOrigin } = {},
): Promise<number> {
  const ended = await inTransaction(async (database) => {
    const ids = await endSessions(database, { userId, except: options.except }, reason, now);
    // Of an end that follows from something else, such as a new password, the log tells as that.
    const isEvent = reason === "revoked_by_user" || reason === "revoked_by_admin";
    if (isEvent && ids.length > 0) await tellOfMany(database, userId, ids.length, options);
    return ids;
  });
  revocationFeed().noteEnded(ended, reason);
  return ended.length;
}

function tellOfMany(
  database: Database,
  userId: UserId,
  sessions: number,
  { except, origin }: { except?: string; origin?: RequestOrigin },
): Promise<void> {
  const kind = except === undefined ? "all_sessions_revoked" : "other_sessions_revoked";
  const details = { sessions };
  return appendAuditEvent(database, { kind, userId, sessionId: except ?? null, ...(origin && { origin }), details });
}
