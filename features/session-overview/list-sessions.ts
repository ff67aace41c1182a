import type { UserId } from "@/features/account/user-id";
import { env } from "@/lib/env/env";
import { findLiveSessions, type ListedRow } from "./data";

/** More are not shown at once: only a program that signs in again and again has so many. */
const MAX_LISTED_SESSIONS = 200;

/** A live session, as its owner sees it. */
export interface ListedSession extends ListedRow {
  /** The session that asks. */
  readonly current: boolean;
  /**
   * Whether it may have been used within the access window. More can't be known: inside its window a session is used without
   * its row being touched (S2).
   */
  readonly recentlyUsed: boolean;
}

/**
 * A person's live sessions: the one that asks first, then by last use.
 *
 * @returns At most 200, and how many there are.
 */
export async function listSessions(
  userId: UserId,
  currentSessionId: string,
  now: Date,
): Promise<{ sessions: ListedSession[]; total: number }> {
  const { rows, total } = await findLiveSessions(userId, currentSessionId, now, MAX_LISTED_SESSIONS);
  const windowMs = env().SESSION_ACCESS_TTL * 1000;
  const sessions = rows.map((row) => ({
    ...row,
    current: row.id === currentSessionId,
    recentlyUsed: now.getTime() - row.lastSeenAt.getTime() <= windowMs,
  }));
  return { sessions, total };
}
