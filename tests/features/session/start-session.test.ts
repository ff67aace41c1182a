import { describe, expect, it } from "vitest";

import { beginSession } from "@/features/session/begin-session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { startSession } from "@/features/session/start-session";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession, now, proofOf, rowOf } from "./person";

useDatabase();

describe("startSession", () => {
  it.each([
    ["password", ["pwd"], 1],
    ["google", ["fed"], 1],
    ["passkey", ["hwk", "user"], 2],
  ] as const)("makes one row for a sign-in with %s (S1)", async (method, amr, aal) => {
    const userId = await newPerson();
    const begun = await startSession(
      proofOf(userId, { method, amr, aal, userAgent: "Firefox", ip: "192.0.2.1", remember: false }),
      now,
    );

    expect(begun).toEqual({
      ok: true,
      value: {
        ...{ sub: userId, sid: expect.any(String), method, amr, aal, remember: false, gen: 0, cv: 0, roles: [] },
        ...{ email: `${userId}@example.com`, name: "Ada", picture: null, auth_time: epochSeconds(now) },
        ...{ iat: epochSeconds(now), win: epochSeconds(now) + 900, idle: epochSeconds(now) + 604_800 },
        ...{ abs: epochSeconds(now) + 2_592_000, exp: epochSeconds(now) + 2_592_015 },
      },
    });
    expect(await db().session.findMany({ where: { userId } })).toMatchObject([
      {
        ...{
          method,
          amr,
          aal,
          remember: false,
          generation: 0,
          confirmedGeneration: 0,
          recentRotations: [],
          ip: "192.0.2.1",
        },
        ...{ userAgent: "Firefox", authenticatedAt: now, endedAt: null, endReason: null },
        ...{ idleExpiresAt: addSeconds(now, 604_800), absoluteExpiresAt: addSeconds(now, 2_592_000) },
      },
    ]);
  });

  it("begins nothing for a disabled account, or for nobody", async () => {
    const userId = await newPerson();
    await db().user.update({ where: { id: userId }, data: { disabledAt: now } });

    expect(await startSession(proofOf(userId), now)).toEqual({ ok: false, refusal: "account_disabled" });
    expect(await db().session.count({ where: { userId } })).toBe(0);
    await db().user.delete({ where: { id: userId } });
    expect(await startSession(proofOf(userId), now)).toEqual({ ok: false, refusal: "account_disabled" });
  });
});

describe("beginSession", () => {
  it("ends the session whose cookie came along, whosever it is: a planted cookie is worth nothing afterwards", async () => {
    const planted = await newSession();
    const begun = await beginSession(proofOf(await newPerson()), sealSessionCookie(planted), now);

    expect(begun.ok).toBe(true);
    expect(await rowOf(planted)).toMatchObject({ endReason: "signed_out", endedAt: now });
  });

  it("leaves the session alone when the sign-in is refused", async () => {
    const held = await newSession();
    const userId = await newPerson();
    await db().user.update({ where: { id: userId }, data: { disabledAt: now } });

    expect((await beginSession(proofOf(userId), sealSessionCookie(held), now)).ok).toBe(false);
    expect((await rowOf(held)).endReason).toBeNull();
  });

  it.each([undefined, "", "garbage", "a.b.c.d.e"])(
    "begins beside the cookie %j, which ends nothing",
    async (cookie) => {
      const bystander = await newSession();

      expect((await beginSession(proofOf(await newPerson()), cookie, now)).ok).toBe(true);
      expect((await rowOf(bystander)).endReason).toBeNull();
    },
  );
});
