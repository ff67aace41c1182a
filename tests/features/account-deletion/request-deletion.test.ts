import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { requestDeletion } from "@/features/account-deletion/request-deletion";
import { hashPassword } from "@/features/password/hash-password";
import { revocationFeed } from "@/features/session/revocation-feed";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession, now, rowOf } from "../session/person";
import { eventsOf, mailsTo, origin, requestNow, SESSION_ID } from "./people";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();

const DAY_SECONDS = 24 * 60 * 60;
const PASSWORD = "violet kettle drums past midnight";

const dueAtOf = async (id: UserId) => (await db().user.findUniqueOrThrow({ where: { id } })).deletionDueAt;

/** A request of somebody who proved so many seconds ago who they are. */
const request = (userId: UserId, secondsAgo: number, password: string | null = null) => ({
  ...{ userId, sessionId: SESSION_ID, origin, password },
  authTime: now.getTime() / 1000 - secondsAgo,
});

describe("requestDeletion", () => {
  it("sets the day in two weeks, ends every session at once, and says so by mail and in the log", async () => {
    const userId = await newPerson();
    const sessions = [await newSession(userId), await newSession(userId)];
    const stranger = await newSession();

    expect(await requestDeletion(request(userId, 0), now)).toEqual({
      ok: true,
      value: { dueAt: addSeconds(now, 14 * DAY_SECONDS) },
    });
    expect(await dueAtOf(userId)).toEqual(addSeconds(now, 14 * DAY_SECONDS));
    for (const session of sessions) {
      expect(await rowOf(session)).toMatchObject({ endReason: "account_deleted", endedAt: now });
      expect(revocationFeed().verdict(session)).toEqual({ kind: "ended", reason: "account_deleted" });
      expect(await db().revocationFeedEntry.count({ where: { sessionId: session.sid } })).toBe(1);
    }
    expect(await mailsTo(`${userId}@example.com`)).toEqual(["account_deletion_requested"]);
    expect(await eventsOf(userId)).toEqual(["account_deletion_requested"]);
    expect((await rowOf(stranger)).endReason).toBeNull();
    expect(await dueAtOf(stranger.sub)).toBeNull();
  });

  it.each([
    [599, true],
    [600, true],
    [601, false],
  ])("A55: without a password, a proof of %i s ago: %s", async (secondsAgo, enough) => {
    const { sub, ...session } = await newSession();
    const answer = await requestDeletion(request(sub, secondsAgo), now);

    expect(answer.ok ? null : answer.refusal).toBe(enough ? null : "recent_authentication_required");
    expect((await rowOf(session)).endReason).toBe(enough ? "account_deleted" : null);
  });

  it("takes the password in place of a recent proof, and nobody else's", async () => {
    const [userId, stranger] = [await newPerson(), await newPerson()];
    const hash = await hashPassword(PASSWORD);
    await db().password.create({ data: { userId, hash } });
    const refused = { ok: false, refusal: "invalid_credentials" };

    expect(await requestDeletion(request(userId, DAY_SECONDS, "violet kettle drums past noon"), now)).toEqual(refused);
    expect(await requestDeletion(request(stranger, 0, PASSWORD), now)).toEqual(refused);
    expect([await dueAtOf(userId), await eventsOf(userId)]).toEqual([null, ["account_deletion_refused"]]);
    expect((await requestDeletion(request(userId, DAY_SECONDS, PASSWORD), now)).ok).toBe(true);
  });

  it("asked for by many at once happens once", async () => {
    const userId = await newPerson();
    await Promise.all(Array.from({ length: 8 }, () => requestNow(userId)));
    await requestNow(userId, addSeconds(now, DAY_SECONDS));

    expect(await mailsTo(`${userId}@example.com`)).toEqual(["account_deletion_requested"]);
    expect(await eventsOf(userId)).toEqual(["account_deletion_requested"]);
    expect(await dueAtOf(userId)).toEqual(addSeconds(now, 14 * DAY_SECONDS));
  });
});
