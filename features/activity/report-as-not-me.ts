import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { endSessions } from "@/features/session/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { isUuid } from "@/lib/uuid";
import { findSignIn, voidWhatWaits } from "./data";

/**
 * Throws everybody out of an account whose owner says that somebody else was in it, themselves included: which of the sessions
 * is whose can't be known. What waits to let somebody in, or to take the account over, is void.
 *
 * Passwords, passkeys and connections stay as they are. Whoever has the session of somebody else can press this button too, and
 * must not be able to leave an account without its owner's ways in.
 *
 * @param reported - The session that was somebody else's, unverified; it is noted when it is the person's own.
 * @returns How many sessions ended.
 */
export async function reportAsNotMe(
  userId: UserId,
  reported: string,
  origin: RequestOrigin,
  now: Date,
): Promise<{ endedSessions: number }> {
  const signIn = isUuid(reported) ? await findSignIn(userId, reported) : null;
  const ended = await inTransaction(async (database) => {
    const ids = await endSessions(database, { userId }, "revoked_by_user", now);
    await voidWhatWaits(database, userId);
    const details = { sessions: ids.length };
    const sessionId = signIn?.sessionId ?? null;
    await appendAuditEvent(database, { kind: "reported_as_not_me", userId, sessionId, origin, details });
    return ids;
  });
  revocationFeed().noteEnded(ended, "revoked_by_user");
  return { endedSessions: ended.length };
}
