import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { completeChallenge, findChallenge, type SecondFactorProof } from "@/features/second-factor/complete-challenge";
import type { FirstFactor } from "@/features/second-factor/data";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { startSession } from "@/features/session/start-session";
import { addSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newSession, now, proofOf, rowOf } from "../session/person";
import { newPersonWithFactor, newTrustedDevice, passwordOf } from "./factor";

useDatabase();

const EXPIRED = { ok: false, refusal: "challenge_expired" };

const codeOf = (userId: UserId, changes: Partial<SecondFactorProof> = {}): SecondFactorProof => ({
  ...{ userId, amr: ["otp"], origin: { ip: "192.0.2.1", userAgent: "tests/1" }, presentedCookie: undefined },
  ...changes,
});

async function newChallenge(firstFactor: FirstFactor): Promise<string> {
  const admission = await admitFirstFactor(firstFactor, undefined, now);
  if (admission.outcome === "complete") throw new Error("A factor is on.");
  return admission.challengeToken;
}

describe("completeChallenge", () => {
  it("begins the session that the first factor asked for, with both factors in it", async () => {
    const userId = await newPersonWithFactor();
    const token = await newChallenge(passwordOf(userId, { method: "google", amr: ["fed"], remember: false }));
    const completed = await completeChallenge(token, codeOf(userId), addSeconds(now, 299));

    expect(completed).toMatchObject({
      ok: true,
      value: { sub: userId, method: "google", amr: ["fed", "otp", "mfa"], aal: 2, remember: false, gen: 0 },
    });
    expect(await db().session.findFirstOrThrow({ where: { userId } })).toMatchObject({
      ...{ aal: 2, amr: ["fed", "otp", "mfa"], method: "google", ip: "192.0.2.1", userAgent: "tests/1" },
    });
  });

  it("refuses at five minutes", async () => {
    const userId = await newPersonWithFactor();
    const token = await newChallenge(passwordOf(userId));

    expect(await completeChallenge(token, codeOf(userId), addSeconds(now, 300))).toEqual(EXPIRED);
    expect(await findChallenge(token, addSeconds(now, 300))).toBeNull();
    expect(await findChallenge(token, addSeconds(now, 299))).toEqual(passwordOf(userId));
  });

  it("works once, however many try at once (A53, F14)", async () => {
    const userId = await newPersonWithFactor();
    const token = await newChallenge(passwordOf(userId));
    const all = await Promise.all(Array.from({ length: 50 }, () => completeChallenge(token, codeOf(userId), now)));

    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(all.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 49 }, () => EXPIRED));
    expect(await db().session.count({ where: { userId } })).toBe(1);
  });

  it("is completed by nobody else's factor", async () => {
    const userId = await newPersonWithFactor();
    const token = await newChallenge(passwordOf(userId));

    expect(await completeChallenge(token, codeOf(await newPersonWithFactor()), now)).toEqual(EXPIRED);
    expect(await findChallenge(token, now)).toEqual(passwordOf(userId));
  });

  it.each(["", "made-up", "x".repeat(5000)])("knows no challenge %j", async (token) => {
    expect(await completeChallenge(token, codeOf(await newPersonWithFactor()), now)).toEqual(EXPIRED);
    expect(await findChallenge(token, now)).toBeNull();
  });

  it("refuses an account that was disabled in the meantime", async () => {
    const userId = await newPersonWithFactor();
    const token = await newChallenge(passwordOf(userId));
    await db().user.update({ where: { id: userId }, data: { disabledAt: now } });

    expect(await completeChallenge(token, codeOf(userId), now)).toEqual({ ok: false, refusal: "account_disabled" });
  });

  it("ends the session that the browser held before", async () => {
    const userId = await newPersonWithFactor();
    const token = await newChallenge(passwordOf(userId));
    const before = await newSession();
    await completeChallenge(token, codeOf(userId, { presentedCookie: sealSessionCookie(before) }), now);

    expect(await rowOf(before)).toMatchObject({ endReason: "signed_out" });
  });
});

describe("startSession, whoever forgot to ask", () => {
  it("begins none without the second factor where one is on (A54)", async () => {
    const userId = await newPersonWithFactor();

    for (const method of ["password", "google", "magic-link"]) {
      expect(await startSession(proofOf(userId, { method }), now)).toEqual({
        ok: false,
        refusal: "second_factor_required",
      });
    }
    expect(await db().session.count({ where: { userId } })).toBe(0);
  });

  it("begins one with both, or in a browser that this person trusts", async () => {
    const userId = await newPersonWithFactor();
    const trustedDeviceToken = await newTrustedDevice(userId);
    const other = await newPersonWithFactor();

    expect(await startSession(proofOf(userId, { aal: 2 }), now)).toMatchObject({ ok: true, value: { aal: 2 } });
    expect(await startSession(proofOf(userId, { trustedDeviceToken }), now)).toMatchObject({
      ok: true,
      value: { aal: 1 },
    });
    expect((await startSession(proofOf(other, { trustedDeviceToken }), now)).ok).toBe(false);
    await db().trustedDevice.deleteMany({ where: { tokenHash: hashToken(trustedDeviceToken) } });
    expect((await startSession(proofOf(userId, { trustedDeviceToken }), now)).ok).toBe(false);
  });
});
