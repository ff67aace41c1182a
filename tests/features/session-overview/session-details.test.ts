import { describe, expect, it } from "vitest";

import { endSession } from "@/features/session/end-session";
import { rotateSession } from "@/features/session/rotate-session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { describeEndedSession } from "@/features/session-overview/describe-ended-session";
import { readSessionDetails } from "@/features/session-overview/session-details";
import { addSeconds } from "@/lib/clock";
import { useDatabase } from "../../support/database";
import { inEnglish } from "../../support/in-english";
import { newPerson, newSession } from "./people";

useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");

describe("readSessionDetails", () => {
  it("opens the cookie, and puts beside it what the database and this server know", async () => {
    const claims = await newSession(await newPerson(), now);
    const cookie = sealSessionCookie(claims);

    expect(await readSessionDetails(cookie, now)).toEqual({
      claims,
      row: { generation: 0, idleExpiresAt: addSeconds(now, 7 * 24 * 60 * 60) },
      cookie: {
        name: "authjs.session-token",
        sizeBytes: "authjs.session-token=".length + cookie.length,
        secure: false,
        keptUntil: new Date(claims.abs * 1000),
      },
      feed: { ageMs: expect.any(Number), worstStalenessMs: expect.any(Number), entries: expect.any(Number) },
    });
  });

  it("never holds the cookie's value", async () => {
    const cookie = sealSessionCookie(await newSession(await newPerson(), now));
    const told = JSON.stringify(await readSessionDetails(cookie, now));

    for (const part of cookie.split(".").filter((piece) => piece.length > 10)) expect(told).not.toContain(part);
  });

  it("tells the cookie's generation from the row's", async () => {
    const claims = await newSession(await newPerson(), now, { remember: false });
    await rotateSession(claims, addSeconds(now, 5));

    expect(await readSessionDetails(sealSessionCookie(claims), now)).toMatchObject({
      claims: { gen: 0 },
      row: { generation: 1 },
      cookie: { keptUntil: null },
    });
  });

  it("says nothing without a cookie that opens, or of a session that has ended", async () => {
    const claims = await newSession(await newPerson(), now);
    await endSession(claims, "signed_out", now);

    expect(await readSessionDetails(undefined, now)).toBeNull();
    expect(await readSessionDetails("x", now)).toBeNull();
    expect(await readSessionDetails(sealSessionCookie(claims), now)).toBeNull();
  });
});

describe("describeEndedSession", () => {
  it("names the device of one's own session that has ended, and of no other", async () => {
    const userId = await newPerson();
    const { sid, sub } = await newSession(userId, now, { userAgent: "curl/8.5.0" });
    expect(await describeEndedSession(inEnglish("account"), userId, sid)).toBeNull();

    await endSession({ sid, sub }, "revoked_by_user", now);
    expect(await describeEndedSession(inEnglish("account"), userId, sid)).toBe("A program (curl)");
    expect(await describeEndedSession(inEnglish("account"), await newPerson(), sid)).toBeNull();
    for (const id of ["", "x", "../x", "00000000-0000-7000-8000-000000000000"]) {
      expect(await describeEndedSession(inEnglish("account"), userId, id)).toBeNull();
    }
  });
});
