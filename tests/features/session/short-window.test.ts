import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { checkSession, type SessionCheck } from "@/features/session/check-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { openSessionCookie, sealSessionCookie, sessionCookieName } from "@/features/session/session-cookie";
import { addSeconds } from "@/lib/clock";
import { openJwe, sealJwe } from "@/lib/crypto/direct-jwe";
import { useDatabase } from "../../support/database";
import { type Instance, installInstances, on } from "../../support/instances";
import { newInstance, newSession, now, rowOf } from "./person";

process.env["SESSION_ACCESS_TTL"] = "2";
process.env["SESSION_ROTATION_GRACE"] = "10";
const SECRETS = ["only-for-tests-new-9kDw3sPg6jTe1Ba8Mx4Z", "only-for-tests-old-5hUq0cVt2nXb8Lm4Rz7Y"] as const;
process.env["AUTH_SECRET"] = SECRETS.join();
useDatabase();

let instance: Instance;
beforeAll(() => {
  installInstances();
  instance = newInstance("A", () => performance.now());
});
afterAll(() => instance.client.$disconnect());

const at = (seconds: number) => addSeconds(now, seconds);
const check = (claims: SessionClaims, seconds: number): Promise<SessionCheck> =>
  on(instance, () => checkSession(sealSessionCookie(claims), { now: at(seconds), mayRotate: true }));
async function goOn(claims: SessionClaims, seconds: number): Promise<SessionClaims> {
  const outcome = await check(claims, seconds);
  if (outcome.state !== "live") throw new Error(outcome.state);
  return outcome.claims;
}

describe("a window that is shorter than the grace", () => {
  it("excuses each of the generations that the grace has seen, and none from before", async () => {
    const generations = [await newSession()];
    for (let second = 2; second <= 20; second += 2) {
      const [newest = await newSession()] = generations.slice(-1);
      generations.push(await goOn(newest, second));
    }
    await on(instance, () => instance.confirmations.flush());

    // Rotated at 2, 4, … 20: at 20 the five of 12 to 20 are within the grace.
    for (const claims of generations.slice(5, 10)) expect(await goOn(claims, 20)).toMatchObject({ gen: 10 });
    expect((await rowOf(generations[0] ?? (await newSession()))).generation).toBe(10);
    expect(await check(generations[4] ?? (await newSession()), 20)).toMatchObject({ reason: "reuse_detected" });
  });

  it("signs a browser out neither for two tabs nor for lost answers, in 100 windows", async () => {
    let cookie = await newSession();
    for (let round = 1; round <= 100; round++) {
      const [first, second] = await Promise.all([goOn(cookie, round * 3), goOn(cookie, round * 3 + 0.2)]);
      expect(first.gen).toBe(second.gen);
      if (round % 3 > 0) cookie = second;
      if (round % 7 === 0) await on(instance, () => instance.confirmations.flush());
    }

    expect((await rowOf(cookie)).endReason).toBeNull();
  });
});

describe("openSessionCookie", () => {
  it("opens a cookie until 15 s after its end, and then still says whose it was", async () => {
    const claims = { ...(await newSession()), exp: Math.floor(now.getTime() / 1000) };
    const cookie = sealSessionCookie(claims);

    expect(openSessionCookie(cookie, at(14))?.win).toBe(claims.win);
    expect(openSessionCookie(cookie, at(15))).toMatchObject({ sid: claims.sid, win: 0 });
    expect(openSessionCookie(cookie, at(10_000_000))).toMatchObject({ sid: claims.sid, win: 0 });
  });

  it("opens what an older secret of the list has sealed, and goes on under the newest (S12)", async () => {
    const claims = await newSession();
    const [newest, older] = SECRETS;
    const name = sessionCookieName();
    const outcome = await on(instance, () =>
      checkSession(sealJwe(claims, older, name), { now: at(3), mayRotate: true }),
    );
    if (outcome.state !== "live") throw new Error(outcome.state);
    const cookie = sealSessionCookie(outcome.claims);

    expect(openJwe(cookie, [newest], name)).toMatchObject({ sid: claims.sid, gen: 1 });
    expect(openJwe(cookie, [older], name)).toBeNull();
  });

  it("takes a sealed token of another version for none", async () => {
    const { sid: _, ...older } = await newSession();

    expect(openSessionCookie(sealSessionCookie(older as SessionClaims), now)).toBeNull();
  });
});
