import { describe, expect, it } from "vitest";

import { SESSION_END_REASONS } from "@/features/session/end-reason";
import { endSession } from "@/features/session/end-session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { endReasonSentence } from "@/features/session-overview/end-reason-sentences";
import { explainEnd } from "@/features/session-overview/explain-end";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { translatorFor } from "@/lib/i18n/translator";
import { useDatabase } from "../../support/database";
import { inEnglish } from "../../support/in-english";
import { newPerson, newSession } from "./people";

useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");
const later = addSeconds(now, 60);

describe("explainEnd", () => {
  it.each(SESSION_END_REASONS)("tells a browser of its session's end: %s", async (reason) => {
    const claims = await newSession(await newPerson(), now, { userAgent: "curl/8.5.0" });
    await endSession(claims, reason, later);

    expect(await explainEnd(inEnglish("account"), sealSessionCookie(claims), addSeconds(now, 120))).toEqual({
      reason,
      where: { device: "A program (curl)", endedAt: later },
    });
  });

  it("notices by itself that a session was idle for too long", async () => {
    const claims = await newSession(await newPerson(), now);
    const at = addSeconds(now, 8 * 24 * 60 * 60);

    expect(await explainEnd(inEnglish("account"), sealSessionCookie(claims), at)).toEqual({
      reason: "idle_timeout",
      where: { device: "Unknown device", endedAt: at },
    });
  });

  it("tells a deleted account from a session whose row was swept", async () => {
    const claims = await newSession(await newPerson(), now);
    const cookie = sealSessionCookie(claims);
    await db().session.delete({ where: { id: claims.sid } });

    const gone = (reason: string) => ({ reason, where: null });
    const at = (seconds: number) => new Date((claims.abs + seconds) * 1000);
    expect(await explainEnd(inEnglish("account"), cookie, at(-1))).toEqual(gone("account_deleted"));
    expect(await explainEnd(inEnglish("account"), cookie, at(0))).toEqual(gone("absolute_timeout"));
    expect(await explainEnd(inEnglish("account"), cookie, at(1))).toEqual(gone("absolute_timeout"));
  });

  it.each([undefined, "", "x", "a.b.c.d.e"])("says nothing to the cookie %j", async (cookie) => {
    expect(await explainEnd(inEnglish("account"), cookie, now)).toBeNull();
  });

  it("says nothing of a live session", async () => {
    const claims = await newSession(await newPerson(), now);

    expect(await explainEnd(inEnglish("account"), sealSessionCookie(claims), now)).toBeNull();
  });
});

describe("endReasonSentence", () => {
  it("has a sentence of its own for each reason that the person didn't bring about on this device", async () => {
    const t = await translatorFor("en", "auth");
    const told = SESSION_END_REASONS.filter((reason) => endReasonSentence(t, reason) !== null);

    expect(told).toEqual(SESSION_END_REASONS.filter((reason) => reason !== "signed_out"));
    expect(new Set(told.map((reason) => endReasonSentence(t, reason)?.text)).size).toBe(told.length);
  });
});
