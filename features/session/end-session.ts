import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { inTransaction } from "@/lib/db";
import { log } from "@/lib/log";
import { isUuid } from "@/lib/uuid";
import { endSessions, findSession } from "./data";
import { parseEndReason, type SessionEndReason } from "./end-reason";
import { mailAboutReuse } from "./mail-about-reuse";
import { revocationFeed } from "./revocation-feed";
import type { SessionClaims } from "./session-claims";

/**
 * Ends one session, on every instance within the staleness bound and on this one at once (S3, S9).
 *
 * @returns Why it ended: `reason`, or the earlier one if it had ended already.
 */
export async function endSession(
  session: Pick<SessionClaims, "sid" | "sub">,
  reason: SessionEndReason,
  now: Date,
): Promise<SessionEndReason> {
  const ended = await inTransaction(async (database) => {
    const ids = await endSessions(database, { ids: [session.sid] }, reason, now);
    if (ids.length > 0 && reason === "reuse_detected") {
      await mailAboutReuse(database, session.sub, now);
      await appendAuditEvent(database, { kind: "session_reuse_detected", userId: session.sub, sessionId: session.sid });
    }
    return ids;
  });
  revocationFeed().noteEnded(ended, reason);
  if (ended.length > 0) {
    if (reason === "reuse_detected") {
      wakeMailWorker();
      log.warn({ event: "refresh_reuse", sessionId: session.sid }, "a superseded session cookie was presented");
    }
    return reason;
  }
  const row = await findSession(session.sid);
  return parseEndReason(row?.endReason);
}

/**
 * Ends one of a person's own sessions.
 *
 * @param sessionId - As received, unverified.
 * @returns False when this person has no such session that hasn't ended: somebody else's looks the same as none.
 */
export async function endOwnSession(userId: UserId, sessionId: string, now: Date): Promise<boolean> {
  const row = isUuid(sessionId) ? await findSession(sessionId) : null;
  if (row?.userId !== userId || row.endedAt) return false;
  await endSession({ sid: sessionId, sub: userId }, "revoked_by_user", now);
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
  options: { except?: string } = {},
): Promise<number> {
  const ended = await inTransaction((database) =>
    endSessions(database, { userId, except: options.except }, reason, now),
  );
  revocationFeed().noteEnded(ended, reason);
  return ended.length;
}
