import "server-only";

import type { UserId } from "@/features/account/user-id";
import { db } from "@/lib/db";

/** What a person is shown of one of their sessions. */
export interface ListedRow {
  readonly id: string;
  /** "password" or a provider's id. */
  readonly method: string;
  readonly createdAt: Date;
  /** When the session was begun or last rotated. */
  readonly lastSeenAt: Date;
  readonly userAgent: string | null;
  readonly ip: string | null;
}

/**
 * A person's sessions that have not ended and are not out of their time: one of them first, then by last use.
 *
 * @param limit - How many to return; `total` counts all.
 */
export async function findLiveSessions(
  userId: UserId,
  firstId: string,
  now: Date,
  limit: number,
): Promise<{ rows: ListedRow[]; total: number }> {
  const found = await db().$queryRaw<(ListedRow & { total: number })[]>`
    SELECT id, method, created_at AS "createdAt", last_seen_at AS "lastSeenAt", user_agent AS "userAgent", ip,
      (count(*) OVER ())::int AS total
    FROM sessions
    WHERE user_id = ${userId}::uuid AND ended_at IS NULL AND idle_expires_at > ${now} AND absolute_expires_at > ${now}
    ORDER BY id = ${firstId}::uuid DESC, last_seen_at DESC, id DESC
    LIMIT ${limit}`;
  return { rows: found.map(({ total: _, ...row }) => row), total: found[0]?.total ?? 0 };
}

/** When a session ended and where it was; null when it has not ended, or its row is gone. */
export async function findSessionEnd(id: string): Promise<{ endedAt: Date; userAgent: string | null } | null> {
  const row = await db().session.findUnique({ where: { id }, select: { endedAt: true, userAgent: true } });
  return row?.endedAt ? { endedAt: row.endedAt, userAgent: row.userAgent } : null;
}

/** The user agent of one of a person's own sessions that has ended; undefined when there is no such session. */
export async function findOwnEndedUserAgent(userId: UserId, id: string): Promise<string | null | undefined> {
  const row = await db().session.findFirst({
    where: { id, userId, endedAt: { not: null } },
    select: { userAgent: true },
  });
  return row?.userAgent;
}
