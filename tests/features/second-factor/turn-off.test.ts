import { describe, expect, it } from "vitest";

import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { answerChallenge } from "@/features/second-factor/answer-challenge";
import { describeFactor } from "@/features/second-factor/describe-factor";
import { replaceRecoveryCodes } from "@/features/second-factor/replace-recovery-codes";
import { turnSecondFactorOff } from "@/features/second-factor/turn-off";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession, now } from "../session/person";
import { codeAt, newChallenge, newOwner, newTrustedDevice, ORIGIN, passwordOf, recordsOf, wrongCodeAt } from "./factor";

useDatabase();

describe("turnSecondFactorOff", () => {
  it("forgets all that belongs to it, and is written down and told to the owner (A58)", async () => {
    const { userId, actor, secret } = await newOwner();
    await newTrustedDevice(userId);
    const token = await newChallenge(userId);

    expect(await turnSecondFactorOff(actor, codeAt(secret, now), now)).toBe("right");
    const where = { where: { userId } };
    expect([
      await db().totpFactor.count(where),
      await db().recoveryCode.count(where),
      await db().trustedDevice.count(where),
      await db().secondFactorTries.count(where),
    ]).toEqual([0, 0, 0, 0]);
    expect(
      await answerChallenge(token, { code: codeAt(secret, now), origin: ORIGIN, presentedCookie: undefined }, now),
    ).toEqual({ outcome: "challenge_expired" });
    expect(await admitFirstFactor(passwordOf(userId), undefined, now)).toEqual({ outcome: "complete" });
    expect(await recordsOf(userId)).toEqual({
      events: ["signed_in", "second_factor_enabled", "second_factor_disabled"],
      mails: ["second_factor_disabled", "second_factor_enabled"],
    });
  });

  it("takes a recovery code instead of the app", async () => {
    const { actor, recoveryCodes } = await newOwner();

    expect(await turnSecondFactorOff(actor, recoveryCodes[0] ?? "", now)).toBe("right");
  });

  it("leaves it on without one, and counts the wrong ones as a sign-in does (A52, A58)", async () => {
    const { userId, actor, secret } = await newOwner();
    for (let failure = 1; failure <= 10; failure++) {
      expect(await turnSecondFactorOff(actor, wrongCodeAt(secret, now), now)).toBe("invalid_code");
    }

    expect(await turnSecondFactorOff(actor, codeAt(secret, now), now)).toEqual({ lockedUntil: addSeconds(now, 60) });
    expect((await admitFirstFactor(passwordOf(userId), undefined, now)).outcome).toBe("second_factor_required");
  });

  it("does nothing where none is on", async () => {
    const claims = await newSession(await newPerson(), now);
    const actor = { userId: claims.sub, sessionId: claims.sid, origin: ORIGIN };

    expect(await turnSecondFactorOff(actor, "123456", now)).toBe("invalid_code");
  });
});

describe("replaceRecoveryCodes", () => {
  it("makes the codes from before worthless (A57)", async () => {
    const { userId, actor, recoveryCodes } = await newOwner();
    const replaced = await replaceRecoveryCodes(actor, now);
    if (!replaced.ok) throw new Error(replaced.refusal);

    expect(new Set([...recoveryCodes, ...replaced.value.recoveryCodes]).size).toBe(20);
    expect(await turnSecondFactorOff(actor, recoveryCodes[0] ?? "", now)).toBe("invalid_code");
    expect(await describeFactor(userId, now)).toEqual({ since: now, codesLeft: 10, devices: [] });
    expect(await recordsOf(userId)).toMatchObject({
      events: expect.arrayContaining(["recovery_codes_replaced"]),
      mails: ["recovery_codes_replaced", "second_factor_enabled"],
    });
    expect(await turnSecondFactorOff(actor, replaced.value.recoveryCodes[0] ?? "", now)).toBe("right");
  });

  it("makes none where no factor is on", async () => {
    const claims = await newSession(await newPerson(), now);
    const actor = { userId: claims.sub, sessionId: claims.sid, origin: ORIGIN };

    expect(await replaceRecoveryCodes(actor, now)).toEqual({ ok: false, refusal: "second_factor_off" });
  });
});
