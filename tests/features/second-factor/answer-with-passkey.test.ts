import { describe, expect, it } from "vitest";
import type { Deviation } from "@/attack/software-authenticator";
import type { UserId } from "@/features/account/user-id";
import { confirmationOptions, signInOptions } from "@/features/passkey/authentication-options";
import { answerWithPasskey } from "@/features/second-factor/answer-with-passkey";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { auditOf, FROM, newOwner, now, ownPasskey } from "../passkey/owner";
import { newChallenge } from "./factor";

useDatabase();

const INVALID = { ok: false, refusal: "invalid_passkey" };
const EXPIRED = { ok: false, refusal: "challenge_expired" };
const request = { origin: FROM, presentedCookie: undefined };

/** Somebody with an app and a passkey, whose password was right just now. */
async function halfSignedIn() {
  const owner = await newOwner();
  const { userId } = owner;
  const { passkey } = await ownPasskey(owner);
  const factor = { userId, sealedSecret: Uint8Array.of(0), confirmedAt: now };
  await db().totpFactor.create({ data: factor, select: { userId: true } });
  return { owner, userId, passkey, challenge: await newChallenge(userId, now) };
}

const options = (userId: UserId) => confirmationOptions("second_factor", userId, now);
const sessionsOf = (userId: UserId) => db().session.count({ where: { userId, aal: 2 } });

describe("answerWithPasskey", () => {
  it("begins the session that the first factor asked for, with both factors in it", async () => {
    const { userId, passkey, challenge } = await halfSignedIn();
    const completed = await answerWithPasskey(challenge, passkey.answer(await options(userId)), request, now);

    expect(completed).toMatchObject({
      ok: true,
      value: { sub: userId, method: "password", amr: ["pwd", "hwk", "user", "mfa"], aal: 2, remember: true },
    });
    expect(await sessionsOf(userId)).toBe(1);
  });

  it("takes an answer and a challenge once, also at once (A53, A60)", async () => {
    const { userId, passkey, challenge } = await halfSignedIn();
    const answer = passkey.answer(await options(userId));
    const all = await Promise.all(Array.from({ length: 5 }, () => answerWithPasskey(challenge, answer, request, now)));

    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await answerWithPasskey(challenge, passkey.answer(await options(userId)), request, now)).toEqual(EXPIRED);
    expect(await sessionsOf(userId)).toBe(1);
  });

  it.each<[string, Deviation]>([
    ["that verified nobody", { userVerified: false }],
    ["of another origin", { origin: "http://127.0.0.1:3000" }],
    ["for another relying party", { rpId: "evil.test" }],
    ["with somebody else's handle", { userHandle: "AAAA" }],
  ])("refuses an answer %s, and the sign-in goes on waiting (A60)", async (_, deviation) => {
    const { userId, passkey, challenge } = await halfSignedIn();
    const answer = passkey.answer(await options(userId), deviation);

    expect(await answerWithPasskey(challenge, answer, request, now)).toEqual(INVALID);
    expect((await auditOf(userId)).at(-1)).toMatchObject({ details: { purpose: "second_factor" } });
    const right = passkey.answer(await options(userId));
    expect((await answerWithPasskey(challenge, right, request, now)).ok).toBe(true);
  });

  it("refuses another person's passkey (A54, A60)", async () => {
    const { userId, challenge } = await halfSignedIn();
    const other = await halfSignedIn();
    for (const asked of [userId, other.userId]) {
      expect(await answerWithPasskey(challenge, other.passkey.answer(await options(asked)), request, now)).toEqual(
        INVALID,
      );
    }
    expect(await sessionsOf(userId)).toBe(0);
  });

  it("takes no challenge that was handed out for something else (A60)", async () => {
    const { owner, userId, passkey, challenge } = await halfSignedIn();
    const ofRegistration = { challenge: (await owner.options(now)).challenge, rpId: "localhost" };
    const ofStepUp = await confirmationOptions("step_up", userId, now);
    for (const asked of [await signInOptions(now), ofStepUp, ofRegistration]) {
      expect(await answerWithPasskey(challenge, passkey.answer(asked), request, now)).toEqual(INVALID);
    }
  });

  it("completes nothing at five minutes, and nothing that never waited", async () => {
    const { userId, passkey, challenge } = await halfSignedIn();
    const late = addSeconds(now, 300);
    const answer = passkey.answer(await confirmationOptions("second_factor", userId, late));

    expect(await answerWithPasskey(challenge, answer, request, late)).toEqual(EXPIRED);
    expect(await answerWithPasskey("unknown", answer, request, now)).toEqual(EXPIRED);
  });
});
