import { describe, expect, it, vi } from "vitest";

import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { markFactorChange } from "@/features/second-factor/data";
import { turnSecondFactorOn } from "@/features/second-factor/turn-on";
import { checkSession } from "@/features/session/check-session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { startSession } from "@/features/session/start-session";
import { beginEnrolment } from "@/features/totp/begin-enrolment";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession, now, proofOf, rowOf } from "../session/person";
import { codeAt, newOwner, ORIGIN, passwordOf, recordsOf, wrongCodeAt } from "./factor";

const database = useDatabase();

const INVALID = { ok: false, refusal: "invalid_code" };

async function enrolled() {
  const claims = await newSession(await newPerson(), now);
  const person = { userId: claims.sub, email: claims.email };
  const begun = await beginEnrolment(person, now);
  if (!begun.ok) throw new Error(begun.refusal);
  return { claims, person, secret: begun.value.secret, actor: { ...person, sessionId: claims.sid, origin: ORIGIN } };
}

describe("turnSecondFactorOn", () => {
  it("gives ten recovery codes, of which the database knows hashes alone (A57)", async () => {
    const { userId, recoveryCodes, secret } = await newOwner();

    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/);
    const factor = await db().totpFactor.findUniqueOrThrow({ where: { userId } });
    const rows = await db().recoveryCode.findMany({ where: { userId } });
    expect(rows).toHaveLength(10);
    const stored = Buffer.concat([factor.sealedSecret, ...rows.map(({ codeHash }) => codeHash)]).toString("latin1");
    for (const clear of [secret, ...recoveryCodes.map((code) => code.replaceAll("-", "")), ...recoveryCodes]) {
      expect(stored).not.toContain(clear);
    }
    expect(factor.confirmedAt).toEqual(now);
  });

  it("is written down and told to the owner", async () => {
    const { userId } = await newOwner();

    expect(await recordsOf(userId)).toEqual({
      events: ["signed_in", "second_factor_enabled"],
      mails: ["second_factor_enabled"],
    });
  });

  it("leaves it off after a wrong code, and before any (A58)", async () => {
    const { person, actor, secret } = await enrolled();
    const off = async () => (await admitFirstFactor(passwordOf(person.userId), undefined, now)).outcome;
    expect(await off()).toBe("complete");

    for (const code of [wrongCodeAt(secret, now), codeAt(secret, addSeconds(now, 60)), ""]) {
      expect(await turnSecondFactorOn(actor, code, now)).toEqual(INVALID);
    }
    expect(await off()).toBe("complete");
    expect(await db().recoveryCode.count({ where: { userId: person.userId } })).toBe(0);
  });

  it("takes the code of no secret but the newest, and within the hour", async () => {
    const { person, actor, secret } = await enrolled();
    const hour = addSeconds(now, 3600);
    expect(await turnSecondFactorOn(actor, codeAt(secret, hour), hour)).toEqual(INVALID);
    const newer = await beginEnrolment(person, now);
    if (!newer.ok) throw new Error(newer.refusal);

    expect(await turnSecondFactorOn(actor, codeAt(secret, now), now)).toEqual(INVALID);
    const last = addSeconds(hour, -1);
    expect((await turnSecondFactorOn(actor, codeAt(newer.value.secret, last), last)).ok).toBe(true);
  });

  it("works once, however many confirm at once: there is one set of recovery codes (F14)", async () => {
    const { actor, secret } = await enrolled();
    const all = await Promise.all(Array.from({ length: 8 }, () => turnSecondFactorOn(actor, codeAt(secret, now), now)));

    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db().recoveryCode.count({ where: { userId: actor.userId } })).toBe(10);
  });

  it("keeps another one from being set up over it", async () => {
    const { userId, claims, actor, secret } = await newOwner();

    expect(await beginEnrolment({ userId, email: claims.email }, now)).toEqual({
      ok: false,
      refusal: "second_factor_on",
    });
    expect(await turnSecondFactorOn(actor, codeAt(secret, now), now)).toEqual(INVALID);
  });

  it("ends every other session: none from before lives on by refreshing (A54)", async () => {
    const { claims, actor, secret } = await enrolled();
    const before = await newSession(claims.sub, now);
    await turnSecondFactorOn(actor, codeAt(secret, now), now);

    expect(await rowOf(before)).toMatchObject({ endReason: "revoked_by_user" });
    expect(await rowOf(claims)).toMatchObject({ endReason: null });
    const check = await checkSession(sealSessionCookie(before), { now, mayRotate: true, force: true });
    expect(check).toMatchObject({ state: "ended" });
  });

  it("is seen by a sign-in that began before and waited for it (F14)", async () => {
    const { claims } = await enrolled();
    const userId = claims.sub;
    const waits = async () =>
      (
        await database.query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        )
      ).length > 0;
    const signIn = await db().$transaction(async (transaction) => {
      await markFactorChange(transaction, userId);
      await transaction.totpFactor.update({ where: { userId }, data: { confirmedAt: now } });
      const begun = startSession(proofOf(userId), now);
      await vi.waitUntil(waits, { timeout: 2000 });
      return { begun };
    });

    expect(await signIn.begun).toEqual({ ok: false, refusal: "second_factor_required" });
  });

  it("leaves no session on one factor behind that a sign-in began meanwhile (F14)", async () => {
    for (let round = 0; round < 5; round++) {
      const { claims, actor, secret } = await enrolled();
      const signIn = () => startSession(proofOf(claims.sub), now);
      await Promise.all([
        ...Array.from({ length: 4 }, signIn),
        turnSecondFactorOn(actor, codeAt(secret, now), now),
        ...Array.from({ length: 4 }, signIn),
      ]);

      const live = await db().session.findMany({ where: { userId: claims.sub, endedAt: null }, select: { id: true } });
      expect(live).toEqual([{ id: claims.sid }]);
    }
  });
});
