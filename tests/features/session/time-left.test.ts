import { describe, expect, it } from "vitest";

import { checkSession } from "@/features/session/check-session";
import { warningSeconds } from "@/features/session/policy";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { timeLeft } from "@/features/session/time-left";
import { addSeconds } from "@/lib/clock";
import { useDatabase } from "../../support/database";
import { newSession, now, rowOf } from "./person";

const DAY_SECONDS = 24 * 60 * 60;

describe("timeLeft", () => {
  const at = now.getTime() / 1000;

  it.each([
    ["both ends", { idle: at + 60, abs: at + 90 }, { idleSeconds: 60, absoluteSeconds: 90 }],
    ["no more than the whole", { idle: at + 60, abs: at + 30 }, { idleSeconds: 30, absoluteSeconds: 30 }],
    ["the whole, of a cookie that says no other", { abs: at + 90 }, { idleSeconds: 90, absoluteSeconds: 90 }],
    ["nothing, once both are over", { idle: at - 1, abs: at }, { idleSeconds: 0, absoluteSeconds: 0 }],
  ])("tells %s", (_, claims, expected) => {
    expect(timeLeft(claims, now)).toEqual(expected);
  });

  it("rounds up, so that whoever asks again then is answered that it is over", () => {
    expect(timeLeft({ idle: at + 60, abs: at + 90 }, addSeconds(now, 0.4))).toEqual({
      idleSeconds: 60,
      absoluteSeconds: 90,
    });
  });
});

describe("the time that is left of a session", () => {
  useDatabase();

  it("is what its row says, and asking moves nothing on", async () => {
    const claims = await newSession();
    expect(timeLeft(claims, now)).toEqual({ idleSeconds: 7 * DAY_SECONDS, absoluteSeconds: 30 * DAY_SECONDS });
    const later = addSeconds(now, 6 * DAY_SECONDS);
    const before = await rowOf(claims);
    const check = await checkSession(sealSessionCookie(claims), { now: later, mayRotate: false });

    if (check.state !== "live") throw new Error(check.state);
    expect(timeLeft(check.claims, later)).toEqual({ idleSeconds: DAY_SECONDS, absoluteSeconds: 24 * DAY_SECONDS });
    expect(await rowOf(claims)).toEqual(before);
    const over = await checkSession(sealSessionCookie(claims), {
      now: addSeconds(now, 7 * DAY_SECONDS),
      mayRotate: false,
    });
    expect(over).toMatchObject({ state: "ended", reason: "idle_timeout" });
  });
});

describe("warningSeconds", () => {
  const lifetimes = { accessSeconds: 900, graceSeconds: 10, idleSeconds: 604_800, absoluteSeconds: 2_592_000 };

  it.each([
    [604_800, 2_592_000, 300],
    [1200, 2_592_000, 300],
    [900, 2_592_000, 225],
    [604_800, 400, 100],
  ])("of an idle time of %i s and a whole of %i s are %i s", (idleSeconds, absoluteSeconds, seconds) => {
    expect(warningSeconds({ ...lifetimes, idleSeconds, absoluteSeconds })).toBe(seconds);
  });
});
