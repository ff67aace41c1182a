import { beforeEach, describe, expect, it } from "vitest";

import { confirmEmailChange } from "@/features/email-change/confirm-email-change";
import { resendConfirmation } from "@/features/email-change/pending-email-change";
import { resetPassword } from "@/features/password-reset/reset-password";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { ask, clear, confirmTokenFor, emailOf, type Mover, newMover, now, origin, tokensTo } from "./mover";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const ROUNDS = 10;
const done = { ok: true, value: null };
const invalid = { ok: false, refusal: "invalid_token" };
const later = addSeconds(now, 60);

/** A mailed token that resets the password. */
async function resetToken({ userId }: Mover): Promise<string> {
  const token = randomToken();
  const times = { createdAt: now, expiresAt: addSeconds(now, 900) };
  await db().oneTimeToken.create({
    data: { userId, purpose: "password_reset", tokenHash: hashToken(token), ...times },
  });
  return token;
}

const reset = (token: string) => resetPassword({ token, password: "a new phrase nobody knows" }, origin, later);

describe("a change of address and a password reset", () => {
  it("never both: a reset voids the change that waits, for good (A39, F14)", async () => {
    const mover = await newMover();
    const token = await confirmTokenFor(mover, "thief@x.test");

    expect(await reset(await resetToken(mover))).toEqual(done);
    expect(await confirmEmailChange(token, origin, later)).toEqual(invalid);
    expect(await resendConfirmation(mover.userId, later)).toBe(false);
    expect(await emailOf(mover)).toBe("old@x.test");
  });

  it("never both: a confirmed change voids the reset that was mailed to the old address (A44, F14)", async () => {
    const mover = await newMover();
    const mailed = await resetToken(mover);

    expect(await confirmEmailChange(await confirmTokenFor(mover, "new@x.test"), origin, later)).toEqual(done);
    expect(await reset(mailed)).toEqual(invalid);
  });

  it("never both, when they are confirmed in the same instant (F14)", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await clear();
      const mover = await newMover();
      const [token, mailed] = [await confirmTokenFor(mover, "new@x.test"), await resetToken(mover)];
      // The reset hashes first: the confirmations come while it does, and at about its end.
      const resetting = reset(mailed);
      await new Promise((resolve) => setTimeout(resolve, round * 4));
      const outcomes = await Promise.all([resetting, confirmEmailChange(token, origin, later)]);

      expect([
        [done, invalid],
        [invalid, done],
      ]).toContainEqual(outcomes);
    }
  });

  it("asked for in the same instant, leaves no change that could still be confirmed (F14)", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await clear();
      const mover = await newMover();
      const [, answer] = await Promise.all([reset(await resetToken(mover)), ask(mover, "thief@x.test")]);
      const tokens = await tokensTo("thief@x.test", "/confirm-email");

      expect(tokens).toHaveLength(answer.ok ? 1 : 0);
      for (const token of tokens) expect(await confirmEmailChange(token, origin, later)).toEqual(invalid);
      expect(await emailOf(mover)).toBe("old@x.test");
    }
  });
});
