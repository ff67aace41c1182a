import pg from "pg";
import { describe, expect, it } from "vitest";

import { confirmGenerations } from "@/features/session/data";
import type { SessionEndReason } from "@/features/session/end-reason";
import { endOwnSession, endSession, endSessionsOf } from "@/features/session/end-session";
import { revocationFeed } from "@/features/session/revocation-feed";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { alarmsOf, newPerson, newSession, now, rowOf } from "./person";

const database = useDatabase();
const later = addSeconds(now, 1);

describe("endSession", () => {
  it("writes the reason and the time, tells the feed, and holds here at once", async () => {
    const claims = await newSession();

    expect(await endSession(claims, "signed_out", later)).toBe("signed_out");
    expect(await rowOf(claims)).toMatchObject({ endReason: "signed_out", endedAt: later });
    expect(revocationFeed().verdict(claims)).toEqual({ kind: "ended", reason: "signed_out" });
    expect(await db().revocationFeedEntry.findMany({ where: { sessionId: claims.sid } })).toMatchObject([
      { endReason: "signed_out", userId: null },
    ]);
    expect(await alarmsOf(claims)).toEqual({ events: 0, mails: 0 });
  });

  it("keeps the first reason, and says it to whoever comes later (S11)", async () => {
    const claims = await newSession();
    await endSession(claims, "revoked_by_admin", now);

    expect(await endSession(claims, "reuse_detected", later)).toBe("revoked_by_admin");
    expect(await rowOf(claims)).toMatchObject({ endReason: "revoked_by_admin", endedAt: now });
    expect(await alarmsOf(claims)).toEqual({ events: 0, mails: 0 });
  });

  it("has one winner among parallel ends, and one answer for all", async () => {
    const claims = await newSession();
    const reasons: SessionEndReason[] = ["signed_out", "revoked_by_user", "revoked_by_admin", "reuse_detected"];
    const answers = await Promise.all(
      reasons.flatMap((reason) => [1, 2, 3].map(() => endSession(claims, reason, now))),
    );
    const { endReason } = await rowOf(claims);

    expect(new Set(answers)).toEqual(new Set([endReason]));
    expect(await db().revocationFeedEntry.count({ where: { sessionId: claims.sid } })).toBe(1);
  });

  it("calls a session whose row is gone that of a deleted account", async () => {
    const claims = await newSession();
    await db().user.delete({ where: { id: claims.sub } });

    expect(await endSession(claims, "signed_out", now)).toBe("account_deleted");
  });
});

describe("endOwnSession", () => {
  it("ends a session of this person, once", async () => {
    const claims = await newSession();

    expect(await endOwnSession(claims.sub, claims.sid, now)).toBe(true);
    expect((await rowOf(claims)).endReason).toBe("revoked_by_user");
    expect(await endOwnSession(claims.sub, claims.sid, now)).toBe(false);
  });

  it("tells somebody else's session from none in no way, and leaves it alone", async () => {
    const claims = await newSession();
    const stranger = await newPerson();

    expect(await endOwnSession(stranger, claims.sid, now)).toBe(false);
    expect(await endOwnSession(stranger, stranger, now)).toBe(false);
    expect((await rowOf(claims)).endReason).toBeNull();
  });

  it.each(["", "not-a-uuid", "0", "'; DROP TABLE sessions; --", "\0"])("finds no session %j", async (id) => {
    expect(await endOwnSession(await newPerson(), id, now)).toBe(false);
  });
});

describe("endSessionsOf", () => {
  it("ends all of a person's sessions but the named one, and nobody else's", async () => {
    const userId = await newPerson();
    const [here, there, elsewhere] = [await newSession(userId), await newSession(userId), await newSession(userId)];
    const stranger = await newSession();
    await endSession(elsewhere, "signed_out", now);

    expect(await endSessionsOf(userId, "password_changed", now, { except: here.sid })).toBe(1);
    const reasons = await Promise.all(
      [here, there, elsewhere, stranger].map(async (claims) => (await rowOf(claims)).endReason),
    );
    expect(reasons).toEqual([null, "password_changed", "signed_out", null]);
    expect(await endSessionsOf(userId, "revoked_by_admin", now)).toBe(1);
    expect(await endSessionsOf(userId, "revoked_by_admin", now)).toBe(0);
  });

  it("and confirmations that another instance is writing never hold each other up for good", async () => {
    const userId = await newPerson();
    const sessions = [await newSession(userId), await newSession(userId)];
    await db().session.updateMany({ where: { userId }, data: { generation: 1 } });
    const [lower = "", higher = ""] = sessions.map(({ sid }) => sid).sort();
    // Somebody holds the lower of two rows; the batch names the higher one first.
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    try {
      await other.query("BEGIN");
      await other.query("SELECT 1 FROM sessions WHERE id = $1 FOR UPDATE", [lower]);
      const confirmed = confirmGenerations([higher, lower].map((id) => ({ id, generation: 1 }))).catch(
        (error) => error,
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      await other.query("SET LOCAL lock_timeout = '500ms'");
      await other.query("SELECT 1 FROM sessions WHERE id = $1 FOR UPDATE", [higher]);
      await other.query("COMMIT");
      expect(await confirmed).toBeUndefined();
    } finally {
      await other.end();
    }
  });
});
