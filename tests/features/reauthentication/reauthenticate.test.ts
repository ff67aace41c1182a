import { describe, expect, it } from "vitest";

import { hashPassword } from "@/features/password/hash-password";
import { reauthenticate } from "@/features/reauthentication/reauthenticate";
import { checkSession } from "@/features/session/check-session";
import { endSession } from "@/features/session/end-session";
import { rotateSession } from "@/features/session/rotate-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession } from "../session-overview/people";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();

const begun = new Date("2026-01-01T12:00:00.000Z");
const later = addSeconds(begun, 3600);
const PASSWORD = "violet kettle drums past midnight";

async function personWithPassword() {
  const userId = await newPerson();
  await db().password.create({ data: { userId, hash: await hashPassword(PASSWORD) } });
  return userId;
}

const rowOf = (claims: SessionClaims) => db().session.findUniqueOrThrow({ where: { id: claims.sid } });
const check = (claims: SessionClaims, now: Date) =>
  checkSession(sealSessionCookie(claims), { now, mayRotate: true, fresh: true });

describe("reauthenticate", () => {
  it("goes on with the same session, the next generation, and auth_time of now", async () => {
    const claims = await newSession(await personWithPassword(), begun);
    const renewed = await reauthenticate(claims, PASSWORD, later);

    expect(renewed).toEqual({
      ok: true,
      value: {
        ...claims,
        gen: 1,
        auth_time: epochSeconds(later),
        win: epochSeconds(addSeconds(later, 15 * 60)),
        idle: epochSeconds(addSeconds(later, 7 * 24 * 60 * 60)),
        iat: epochSeconds(later),
      },
    });
    expect(await rowOf(claims)).toMatchObject({
      generation: 1,
      confirmedGeneration: 0,
      authenticatedAt: later,
      lastSeenAt: later,
      idleExpiresAt: addSeconds(later, 7 * 24 * 60 * 60),
      recentRotations: [later],
      endedAt: null,
      method: "password",
      amr: ["pwd"],
      aal: 1,
    });
  });

  it("keeps how somebody signed in, whatever they confirm it with", async () => {
    const claims = await newSession(await personWithPassword(), begun, { method: "google", amr: ["fed"] });

    expect(await reauthenticate(claims, PASSWORD, later)).toMatchObject({
      ok: true,
      value: { method: "google", amr: ["fed"], aal: 1, remember: true, abs: claims.abs },
    });
  });

  it("leaves the session as it is after a wrong password", async () => {
    const claims = await newSession(await personWithPassword(), begun);

    expect(await reauthenticate(claims, "not the right one", later)).toEqual({
      ok: false,
      refusal: "invalid_credentials",
    });
    expect(await rowOf(claims)).toMatchObject({ generation: 0, authenticatedAt: begun, endedAt: null });
    expect((await check(claims, addSeconds(begun, 60))).state).toBe("live");
  });

  it("answers an account without a password as it answers a wrong one", async () => {
    const claims = await newSession(await newPerson(), begun);

    expect(await reauthenticate(claims, PASSWORD, later)).toEqual({ ok: false, refusal: "invalid_credentials" });
  });

  it("takes no other account's password, not even of one that has the cookie's address by now", async () => {
    const claims = await newSession(await newPerson(), begun);
    await db().user.update({ where: { id: claims.sub }, data: { email: "moved-away@x.test" } });
    const other = await personWithPassword();
    await db().user.update({ where: { id: other }, data: { email: claims.email } });

    expect(await reauthenticate(claims, PASSWORD, later)).toEqual({ ok: false, refusal: "invalid_credentials" });
    expect(await rowOf(claims)).toMatchObject({ authenticatedAt: begun });
  });

  it("gives a copy of the cookie from before no newer auth_time, though the grace lets it continue", async () => {
    const claims = await newSession(await personWithPassword(), begun);
    await reauthenticate(claims, PASSWORD, later);

    expect(await check(claims, addSeconds(later, 5))).toMatchObject({
      state: "live",
      claims: { gen: 1, auth_time: epochSeconds(begun) },
    });
  });

  it("ends the session when that copy turns up after the grace and the new cookie has arrived", async () => {
    const claims = await newSession(await personWithPassword(), begun);
    const renewed = await reauthenticate(claims, PASSWORD, later);
    if (!renewed.ok) throw new Error(renewed.refusal);
    await rotateSession(renewed.value, addSeconds(later, 11));

    expect(await check(claims, addSeconds(later, 30))).toMatchObject({ state: "ended", reason: "reuse_detected" });
  });

  it("loses nothing when another tab rotates meanwhile", async () => {
    const claims = await newSession(await personWithPassword(), begun);
    await rotateSession(claims, addSeconds(later, -1));

    expect(await reauthenticate(claims, PASSWORD, later)).toMatchObject({
      ok: true,
      value: { gen: 2, auth_time: epochSeconds(later) },
    });
  });

  it("begins nothing anew in a session that has ended", async () => {
    const claims = await newSession(await personWithPassword(), begun);
    await endSession(claims, "revoked_by_user", begun);

    expect(await reauthenticate(claims, PASSWORD, later)).toEqual({ ok: false, refusal: "session_ended" });
    expect(await rowOf(claims)).toMatchObject({ generation: 0, endReason: "revoked_by_user" });
  });
});
