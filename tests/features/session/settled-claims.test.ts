import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { checkSession, settledClaims } from "@/features/session/check-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { addSeconds } from "@/lib/clock";
import { useDatabase } from "../../support/database";
import { type Instance, installInstances, on } from "../../support/instances";
import { newInstance, newSession, now, rowOf } from "./person";

useDatabase();
let nowMs = 0;
let here: Instance;
beforeAll(installInstances);
beforeEach(async () => {
  await here?.client.$disconnect();
  here = newInstance("here", () => nowMs);
  nowMs += 1_000_000;
});
afterAll(() => here.client.$disconnect());

const later = (seconds: number) => addSeconds(now, seconds);
const check = (claims: SessionClaims, force = false) =>
  on(here, () => checkSession(sealSessionCookie(claims), { now, mayRotate: true, force }));

describe("settledClaims", () => {
  const settled = (claims: SessionClaims, seconds = 0) =>
    on(here, () => settledClaims(sealSessionCookie(claims), later(seconds)));

  it("gives those of a cookie that there is nothing to do about", async () => {
    const claims = await newSession();
    expect(await settled(claims)).toEqual(claims);
  });

  it("leaves to checkSession what is due, over, ended or changed", async () => {
    const claims = await newSession();
    await check(claims);
    expect(await settled(claims, 890)).toBeNull();
    expect(await settled(claims, 901)).toBeNull();
    here.feed.noteClaims(claims.sub, 1);
    expect(await settled(claims)).toBeNull();
    here.feed.noteEnded([claims.sid], "signed_out");
    expect(await settled(claims)).toBeNull();
    expect(await on(here, () => settledClaims("forged", now))).toBeNull();
  });

  it("is settled about nothing while the database is away (S10)", async () => {
    const claims = await newSession();
    await check(claims);
    here.weather = "away";
    nowMs += 1_001;
    expect(await settled(claims)).toBeNull();
  });

  it("notes that a successor has arrived, as the check would (S5)", async () => {
    const forced = await check(await newSession(), true);
    if (forced.state !== "live") throw new Error("It lives.");
    expect((await rowOf(forced.claims)).confirmedGeneration).toBe(0);
    await settled(forced.claims);
    await on(here, () => here.confirmations.flush());

    expect((await rowOf(forced.claims)).confirmedGeneration).toBe(1);
  });
});
