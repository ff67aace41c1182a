import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { rotateSession } from "@/features/session/rotate-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { type Instance, installInstances, on } from "../../support/instances";
import { alarmsOf, newInstance, newSession, now, rowOf } from "./person";

useDatabase();
let instances: Instance[] = [];
beforeAll(() => {
  installInstances();
  instances = ["A", "B", "C"].map((name) => newInstance(name));
});
afterAll(() => Promise.all(instances.map(({ client }) => client.$disconnect())));

const DAY = 86_400;
const later = (seconds: number) => addSeconds(now, seconds);

/** Rotates and expects it to go on. */
async function successor(of: SessionClaims, at: Date): Promise<SessionClaims> {
  const outcome = await rotateSession(of, at);
  if (outcome.state !== "live") throw new Error(`ended: ${outcome.reason}`);
  return outcome.claims;
}

/** Many requests with one cookie, over three instances. */
const atOnce = (count: number, presented: SessionClaims, at: Date) =>
  Promise.all(
    Array.from({ length: count }, (_, index) => {
      const instance = instances[index % instances.length];
      return instance ? on(instance, () => rotateSession(presented, at)) : rotateSession(presented, at);
    }),
  );

/** A session at generation 2, whose generation 1 was superseded at `now` and whose generation 2 was shown. */
async function superseded() {
  const first = await newSession(undefined, later(-2_000));
  const copy = await successor(first, later(-1_000));
  const newest = await successor(copy, now);
  await db().session.update({ where: { id: copy.sid }, data: { confirmedGeneration: 2 } });
  return { first, copy, newest };
}

describe("rotateSession", () => {
  it("moves the row once for 50 parallel requests on three instances, and gives all the same (S4)", async () => {
    for (let round = 0; round < 3; round++) {
      const claims = await newSession();
      const outcomes = await atOnce(50, claims, later(900));

      expect(outcomes).toEqual(outcomes.map(() => ({ state: "live", claims: expect.objectContaining({ gen: 1 }) })));
      expect(await rowOf(claims)).toMatchObject({ generation: 1, endReason: null });
    }
  });

  it("carries on what the sign-in proved, and dates the rest anew (S14)", async () => {
    const claims = await newSession();

    expect(await successor(claims, later(900))).toEqual({
      ...claims,
      gen: 1,
      win: epochSeconds(now) + 1_800,
      idle: epochSeconds(now) + 900 + 604_800,
      iat: epochSeconds(now) + 900,
    });
  });

  it.each([11, 3_600])("gives a lost successor out again after %i s, as often as it is lost (S5)", async (seconds) => {
    const claims = await newSession();
    await successor(claims, now);
    for (let loss = 1; loss <= 3; loss++) {
      const at = later(loss * seconds);
      expect(await successor(claims, at)).toMatchObject({ gen: 1, win: epochSeconds(at) + 900 });
    }
    expect(await rowOf(claims)).toMatchObject({
      generation: 1,
      endReason: null,
      idleExpiresAt: later(3 * seconds + 7 * DAY),
    });
  });

  it("gives 50 tabs that have all lost it the same successor", async () => {
    const claims = await newSession();
    await successor(claims, now);
    const outcomes = await atOnce(50, claims, later(3_600));

    expect(outcomes).toEqual(outcomes.map(() => ({ state: "live", claims: expect.objectContaining({ gen: 1 }) })));
    expect(await rowOf(claims)).toMatchObject({ generation: 1, endReason: null });
  });

  it.each([
    [9, "live"],
    [10, "ended"],
    [11, "ended"],
  ])("takes a superseded cookie %i s after a confirmed rotation as %s", async (seconds, state) => {
    const { copy } = await superseded();

    expect((await rotateSession(copy, later(seconds))).state).toBe(state);
  });

  it("ends a stolen session once, with one mail and one audit event, under 20 parallel replays (S6)", async () => {
    const { copy, newest } = await superseded();
    const outcomes = await atOnce(20, copy, later(60));

    expect(outcomes).toEqual(outcomes.map(() => ({ state: "ended", reason: "reuse_detected" })));
    expect(await alarmsOf(copy)).toEqual({ events: 1, mails: 1 });
    expect(await rowOf(copy)).toMatchObject({ generation: 2, endReason: "reuse_detected" });
    expect(await rotateSession(newest, later(61))).toEqual({ state: "ended", reason: "reuse_detected" });
    expect(await alarmsOf(copy)).toEqual({ events: 1, mails: 1 });
  });

  it("excuses the grandparent while both rotations are within the grace, not longer", async () => {
    const claims = await newSession();
    const child = await successor(claims, now);
    await successor(child, later(4));

    expect(await successor(claims, later(9))).toMatchObject({ gen: 2 });
    expect(await successor(child, later(13))).toMatchObject({ gen: 2 });
    expect(await rotateSession(claims, later(13))).toEqual({ state: "ended", reason: "reuse_detected" });
  });

  it("excuses every tab of a session that rotates faster than the grace passes", async () => {
    const tabs = [await newSession()];
    for (let second = 1; second <= 8; second++)
      tabs.push(await successor(tabs.at(-1) ?? (await newSession()), later(second)));
    for (const tab of tabs.slice(0, -1)) expect(await successor(tab, later(8.5))).toMatchObject({ gen: 8 });
  });

  it.each([
    [-1, "live"],
    [0, "ended"],
    [1, "ended"],
  ])("ends a session whose idle time is over, at %i s (S8)", async (offset, state) => {
    const claims = await newSession();
    const outcome = await rotateSession(claims, later(7 * DAY + offset));

    expect(outcome).toMatchObject({ state, ...(state === "ended" ? { reason: "idle_timeout" } : {}) });
    expect((await rowOf(claims)).endReason).toBe(state === "ended" ? "idle_timeout" : null);
  });

  it.each([
    [-1, "live"],
    [0, "ended"],
    [1, "ended"],
  ])("ends a session in use at its absolute end, at %i s (S8)", async (offset, state) => {
    let claims = await newSession();
    for (let day = 6; day <= 24; day += 6) claims = await successor(claims, later(day * DAY));
    const outcome = await rotateSession(claims, later(30 * DAY + offset));

    expect(outcome).toMatchObject({ state, ...(state === "ended" ? { reason: "absolute_timeout" } : {}) });
    if (outcome.state === "live") expect(outcome.claims.win).toBe(claims.abs);
  });

  it("survives a server whose clock is 15 s behind or ahead (S8)", async () => {
    const claims = await newSession();
    const ahead = await successor(claims, later(915));
    const behind = await successor(ahead, later(885));

    expect(behind).toMatchObject({ gen: 2, win: epochSeconds(now) + 885 + 900 });
    expect(await successor(ahead, later(895))).toMatchObject({ gen: 2 });
  });

  it("lets an authentic cookie lead a row that was restored from before its last rotation", async () => {
    const claims = await newSession();

    expect(await successor({ ...claims, gen: 5 }, later(900))).toMatchObject({ gen: 6 });
    expect(await rowOf(claims)).toMatchObject({ generation: 6, confirmedGeneration: 5 });
  });

  it("ends the session of a disabled account, and one whose account is gone", async () => {
    const [disabled, gone] = [await newSession(), await newSession()];
    await db().user.update({ where: { id: disabled.sub }, data: { disabledAt: now } });
    await db().user.delete({ where: { id: gone.sub } });

    expect(await rotateSession(disabled, later(900))).toEqual({ state: "ended", reason: "account_disabled" });
    expect(await rotateSession(gone, later(900))).toEqual({ state: "ended", reason: "account_deleted" });
  });
});
