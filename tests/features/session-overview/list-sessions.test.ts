import { describe, expect, it } from "vitest";

import { endSession } from "@/features/session/end-session";
import { rotateSession } from "@/features/session/rotate-session";
import { listSessions } from "@/features/session-overview/list-sessions";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession } from "./people";

useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");
const ACCESS_SECONDS = 15 * 60;
const IDLE_SECONDS = 7 * 24 * 60 * 60;

const idsOf = async (...asked: Parameters<typeof listSessions>) =>
  (await listSessions(...asked)).sessions.map(({ id }) => id);

describe("listSessions", () => {
  it("tells of each session what its owner needs to recognise it, and no more", async () => {
    const userId = await newPerson();
    const { sid } = await newSession(userId, now, { method: "google", userAgent: "curl/8.5.0", ip: "192.0.2.1" });
    await db().session.update({ where: { id: sid }, data: { createdAt: now } });

    expect(await listSessions(userId, sid, now)).toEqual({
      total: 1,
      sessions: [
        {
          id: sid,
          method: "google",
          createdAt: now,
          lastSeenAt: now,
          userAgent: "curl/8.5.0",
          ip: "192.0.2.1",
          current: true,
          recentlyUsed: true,
        },
      ],
    });
  });

  it("puts the session that asks first, and the others in the order of their last use", async () => {
    const userId = await newPerson();
    const asking = await newSession(userId, addSeconds(now, -500));
    const oldest = await newSession(userId, addSeconds(now, -400));
    const middle = await newSession(userId, addSeconds(now, -300));
    const latest = await newSession(userId, addSeconds(now, -200));
    await rotateSession(oldest, addSeconds(now, -100));

    expect(await idsOf(userId, asking.sid, now)).toEqual([asking.sid, oldest.sid, latest.sid, middle.sid]);
  });

  it("leaves out what has ended, and what is out of its time though nobody has noted it yet", async () => {
    const userId = await newPerson();
    const asking = await newSession(userId, now);
    await endSession(await newSession(userId, now), "revoked_by_user", now);
    const idle = await newSession(userId, addSeconds(now, -IDLE_SECONDS));
    const almost = await newSession(userId, addSeconds(now, -IDLE_SECONDS + 1));
    const absolute = await newSession(userId, now);
    await db().session.update({ where: { id: absolute.sid }, data: { absoluteExpiresAt: now } });

    const ids = await idsOf(userId, asking.sid, now);
    expect(ids).toEqual([asking.sid, almost.sid]);
    expect(ids).not.toContain(idle.sid);
  });

  it("never shows somebody else's", async () => {
    const mine = await newPerson();
    const { sid } = await newSession(mine, now);
    const theirs = await newSession(await newPerson(), now);

    expect(await idsOf(mine, sid, now)).toEqual([sid]);
    expect(await idsOf(mine, theirs.sid, now)).toEqual([sid]);
  });

  it.each([
    { age: ACCESS_SECONDS - 1, recentlyUsed: true },
    { age: ACCESS_SECONDS, recentlyUsed: true },
    { age: ACCESS_SECONDS + 1, recentlyUsed: false },
  ])("takes a session last seen $age s ago for recently used: $recentlyUsed", async ({ age, recentlyUsed }) => {
    const userId = await newPerson();
    const { sid } = await newSession(userId, addSeconds(now, -age));

    expect((await listSessions(userId, sid, now)).sessions).toMatchObject([{ recentlyUsed }]);
  });

  it("shows 200 at most and counts all, the one that asks among them however long ago it was seen", async () => {
    const userId = await newPerson();
    const { sid } = await newSession(userId, addSeconds(now, -1000));
    await db().$executeRaw`
      INSERT INTO sessions (id, user_id, method, amr, authenticated_at, last_seen_at, idle_expires_at, absolute_expires_at)
      SELECT gen_random_uuid(), ${userId}::uuid, 'password', '{pwd}', ${now}, ${now}, ${addSeconds(now, 60)}, ${addSeconds(now, 60)}
      FROM generate_series(1, 205)`;

    const { sessions, total } = await listSessions(userId, sid, now);
    expect([sessions.length, total, sessions[0]?.id]).toEqual([200, 206, sid]);
  });
});
