import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { updateRepeatedClaims } from "@/features/account/data";
import { type CheckOptions, checkSession } from "@/features/session/check-session";
import { endSession } from "@/features/session/end-session";
import { rotationLeadSeconds } from "@/features/session/policy";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { db, inTransaction } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { type Instance, installInstances, on } from "../../support/instances";
import { alarmsOf, newInstance, newSession, now, rowOf } from "./person";

useDatabase();
let nowMs = 0;
let here: Instance;
let there: Instance;
beforeAll(installInstances);
beforeEach(async () => {
  await here?.client.$disconnect();
  await there?.client.$disconnect();
  here = newInstance("here", () => nowMs);
  there = newInstance("there", () => nowMs);
  nowMs += 1_000_000;
});
afterAll(async () => {
  await here.client.$disconnect();
  await there.client.$disconnect();
});

const later = (seconds: number) => addSeconds(now, seconds);
const check = (claims: SessionClaims, options: Partial<CheckOptions> = {}, at = here) =>
  on(at, () => checkSession(sealSessionCookie(claims), { now, mayRotate: true, ...options }));
const live = (rotated = false) => ({ state: "live", rotated });
const pass = (seconds: number) => {
  nowMs += seconds * 1000;
};

describe("checkSession, inside the window", () => {
  it("asks the database nothing while the feed is new enough (S2)", async () => {
    const claims = await newSession();
    expect(await check(claims)).toMatchObject(live());
    const asked = vi.spyOn(here, "client", "get");
    for (let request = 0; request < 100; request++) expect(await check(claims)).toMatchObject(live());
    expect(asked).not.toHaveBeenCalled();
    pass(1.001);
    await check(claims);
    expect(asked).toHaveBeenCalled();
  });

  it("reads the feed once for 100 requests that wait together (S3)", async () => {
    const claims = await newSession();
    const statements = vi.spyOn(here.client, "$queryRaw");
    await Promise.all(Array.from({ length: 100 }, () => check(claims)));

    expect(statements).toHaveBeenCalledTimes(1);
  });

  it("rotates once the lead begins, and not before", async () => {
    const claims = await newSession();
    const due = Math.floor((900 - rotationLeadSeconds(claims.sid, 0, 900)) * 1000) / 1000;

    expect(await check(claims, { now: later(due - 0.01) })).toMatchObject(live());
    expect((await rowOf(claims)).generation).toBe(0);
    expect(await check(claims, { now: later(due + 0.01) })).toMatchObject({ ...live(true), claims: { gen: 1 } });
  });

  it("rotates at once where it is forced to", async () => {
    expect(await check(await newSession(), { force: true })).toMatchObject({ ...live(true), claims: { gen: 1 } });
  });

  it("lets a superseded copy live to the end of its window, and finds it there (S6)", async () => {
    const copy = await newSession();
    const forced = await check(copy, { force: true });
    if (forced.state !== "live") throw new Error("It lives.");
    await check(forced.claims, { now: later(5) });
    await on(here, () => here.confirmations.flush());

    expect(await check(copy, { now: later(700) })).toMatchObject(live());
    expect(await check(copy, { now: later(901) })).toMatchObject({ state: "ended", reason: "reuse_detected" });
    expect(await alarmsOf(copy)).toEqual({ events: 1, mails: 1 });
  });

  it.each([
    [915, false],
    [916, true],
    [86_400, true],
  ])("believes a window that ends in %i s only as far as clocks may differ", async (seconds, rotated) => {
    const claims = { ...(await newSession()), win: epochSeconds(now) + seconds };

    expect(await check(claims)).toMatchObject(live(rotated));
  });
});

describe("checkSession, of what is no session cookie", () => {
  it.each([undefined, "", "garbage", "a.b.c.d.e", "x".repeat(10_000)])("ends nothing for %j", async (cookie) => {
    const bystander = await newSession();

    expect(await on(here, () => checkSession(cookie, { now, mayRotate: true }))).toEqual({ state: "none" });
    expect((await rowOf(bystander)).endReason).toBeNull();
  });
});

describe("checkSession, where no cookie can be written (S7)", () => {
  it.each([0, 899, 901, 86_400])("moves no row and gives out no cookie after %i s", async (seconds) => {
    const claims = await newSession();
    const options = { mayRotate: false, force: true, now: later(seconds) };

    expect(await check(claims, options)).toMatchObject({ ...live(), claims: { gen: 0, win: claims.win } });
    expect(await rowOf(claims)).toMatchObject({ generation: 0, confirmedGeneration: 0 });
  });

  it("confirms nothing: the page is shown a successor that the client may never get (S5)", async () => {
    const claims = await newSession();
    const atGate = await check(claims, { now: later(901) });
    if (atGate.state !== "live") throw new Error("It lives.");
    await check(atGate.claims, { mayRotate: false, now: later(901) });
    await on(here, () => here.confirmations.flush());

    expect(await check(claims, { now: later(960) })).toMatchObject({ ...live(true), claims: { gen: 1 } });
  });
});

describe("checkSession, of an ended session", () => {
  it("knows at once where it was ended, and within the staleness elsewhere (S3, S9)", async () => {
    const claims = await newSession();
    await check(claims, {}, there);
    await on(here, () => endSession(claims, "signed_out", now));

    expect(await check(claims)).toMatchObject({ state: "ended", reason: "signed_out" });
    pass(1);
    expect(await check(claims, {}, there)).toMatchObject(live());
    pass(0.001);
    expect(await check(claims, {}, there)).toMatchObject({ state: "ended", reason: "signed_out" });
  });

  it("knows at once on a fresh route", async () => {
    const claims = await newSession();
    await check(claims, {}, there);
    await on(here, () => endSession(claims, "revoked_by_admin", now));

    expect(await check(claims, { fresh: true }, there)).toMatchObject({ state: "ended", reason: "revoked_by_admin" });
  });

  it("does not miss an end that was written before the reading and committed after it", async () => {
    const claims = await newSession();
    await on(here, () =>
      inTransaction(async (database) => {
        await database.$executeRaw`INSERT INTO revocation_feed (session_id, end_reason) VALUES (${claims.sid}::uuid, 'signed_out')`;
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(await check(claims, { fresh: true }, there)).toMatchObject(live());
      }),
    );

    expect(await check(claims, { fresh: true }, there)).toMatchObject({ state: "ended", reason: "signed_out" });
  });
});

describe("checkSession, of changed claims", () => {
  it("takes a new role over without a sign-in, elsewhere within the staleness", async () => {
    const claims = await newSession();
    await check(claims, {}, there);
    await on(here, () => inTransaction((database) => updateRepeatedClaims(database, claims.sub, { roles: ["admin"] })));

    expect(await check(claims, {}, there)).toMatchObject({ ...live(), claims: { roles: [], cv: 0 } });
    pass(1.001);
    expect(await check(claims, { mayRotate: false }, there)).toMatchObject({
      ...live(),
      claims: { roles: ["admin"], gen: 0 },
    });
    expect(await check(claims, {}, there)).toMatchObject({
      ...live(true),
      claims: { roles: ["admin"], cv: 1, gen: 1 },
    });
  });

  it("will not go on with a role that it knows to be out of date, when it can't read the new one", async () => {
    const claims = await newSession();
    await check(claims);
    const version = await inTransaction((database) => updateRepeatedClaims(database, claims.sub, { roles: [] }));
    here.feed.noteClaims(claims.sub, version ?? 0);
    here.weather = "away";

    expect(await check(claims)).toEqual({ state: "unavailable" });
  });
});

describe("checkSession, with the database away (S10)", () => {
  it("goes on inside the window for the outage's grace, then says so, and recovers", async () => {
    const claims = await newSession();
    await check(claims);
    here.weather = "away";
    for (const seconds of [1, 29, 30]) {
      pass(seconds);
      expect(await check(claims)).toMatchObject(live());
    }
    pass(0.001);
    expect(await check(claims)).toEqual({ state: "unavailable" });
    here.weather = "up";
    expect(await check(claims)).toMatchObject(live());
    expect((await rowOf(claims)).endReason).toBeNull();
  });

  it("does not rotate early for want of a database, and is unavailable once the window is over", async () => {
    const claims = await newSession();
    await check(claims);
    here.weather = "away";

    expect(await check(claims, { now: later(899) })).toMatchObject({ ...live(), claims: { gen: 0, win: claims.win } });
    expect(await check(claims, { now: later(900) })).toEqual({ state: "unavailable" });
    expect(await check(claims, { now: later(900), mayRotate: false })).toEqual({ state: "unavailable" });
    here.weather = "up";
    expect(await check(claims, { now: later(900) })).toMatchObject(live(true));
  });

  it("answers fresh routes and forced rotations at once", async () => {
    const claims = await newSession();
    await check(claims);
    here.weather = "away";

    expect(await check(claims, { fresh: true })).toEqual({ state: "unavailable" });
    expect(await check(claims, { force: true })).toEqual({ state: "unavailable" });
  });

  it("takes a rotation whose answer was cut off for a lost answer", async () => {
    const claims = await newSession();
    await check(claims);
    here.weather = "cut";
    expect(await check(claims, { now: later(901) })).toEqual({ state: "unavailable" });
    expect((await rowOf(claims)).generation).toBe(1);
    here.weather = "up";

    expect(await check(claims, { now: later(3_600) })).toMatchObject({ ...live(true), claims: { gen: 1 } });
    expect(await db().session.count({ where: { id: claims.sid, endedAt: null } })).toBe(1);
  });
});
