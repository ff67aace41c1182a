import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { makeClaims } from "@/features/session/make-claims";
import type { RepeatedClaims } from "@/features/session/session-claims";
import { addSeconds, epochSeconds } from "@/lib/clock";

const now = new Date("2026-01-01T12:00:00.900Z");
const at = epochSeconds(now);
/** The window is exact to the millisecond, so that a short one is as long as it was asked to be. */
const exactly = now.getTime() / 1000;
const lifetimes = { accessSeconds: 900, idleSeconds: 604_800, absoluteSeconds: 2_592_000, graceSeconds: 10 };
const birth = {
  sub: "01942000-0000-7000-8000-000000000001" as UserId,
  sid: "01942000-0000-7000-8000-000000000002",
  auth_time: at - 500,
  aal: 2 as const,
  amr: ["pwd", "otp"],
  method: "password",
  remember: false,
  abs: at + 10_000,
};
const person = {
  email: "ada@example.com",
  name: "Ada",
  image: null,
  locale: null,
  timeZone: null,
  termsVersion: null,
  roles: ["admin"],
  claimsVersion: 3,
  deletionDueAt: null,
  needsConsent: false,
};
const make = (changes: { abs?: number; idleSeconds?: number; name?: string; image?: string } = {}) =>
  makeClaims(
    { ...birth, abs: changes.abs ?? birth.abs },
    7,
    { ...person, name: changes.name ?? person.name, image: changes.image ?? null },
    addSeconds(now, changes.idleSeconds ?? 604_800),
    lifetimes,
    now,
  );

describe("makeClaims", () => {
  it("repeats the birth and the person, and dates the rest", () => {
    expect(make()).toEqual({
      ...birth,
      gen: 7,
      idle: at + 604_800,
      win: exactly + 900,
      email: "ada@example.com",
      name: "Ada",
      picture: null,
      roles: ["admin"],
      cv: 3,
      iat: at,
      exp: birth.abs + 15,
    });
  });

  it.each([
    [899, 899],
    [900, 900],
    [1, 1],
    [0, 0],
    [-5, -5],
  ])("ends no window after the session: %i s before its absolute end it lasts %i s", (left, window) => {
    expect(make({ abs: at + left }).win).toBe(at + window);
  });

  it("lasts its full time when the session ends later than that", () => {
    expect(make({ abs: at + 901 }).win).toBe(exactly + 900);
  });

  it.each([
    [899, 899],
    [900, 900],
    [901, 900],
    [0, 0],
  ])("ends no window after the idle time: with %i s of it left it lasts %i s", (idleSeconds, window) => {
    expect(make({ idleSeconds }).win).toBe(exactly + window);
  });

  it("tells how the person wants dates and times, and says nothing where they didn't", () => {
    const told = { ...person, locale: "de-DE", timeZone: "Asia/Kathmandu" };
    const claims = (whose: RepeatedClaims) => makeClaims(birth, 7, whose, addSeconds(now, 604_800), lifetimes, now);

    expect(claims(told)).toMatchObject({ locale: "de-DE", zoneinfo: "Asia/Kathmandu" });
    expect(JSON.stringify(claims(person))).not.toMatch(/locale|zoneinfo/);
  });

  it("leaves long names and long addresses of images to the database", () => {
    const claims = make({ name: "x".repeat(500), image: `https://example.com/${"y".repeat(500)}` });

    expect(claims.name).toBe("x".repeat(100));
    expect(claims.picture).toBeNull();
  });
});
