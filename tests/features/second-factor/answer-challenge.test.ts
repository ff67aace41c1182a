import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { answerChallenge } from "@/features/second-factor/answer-challenge";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { now } from "../session/person";
import { codeAt, newChallenge, newOwner, ORIGIN, recordsOf, wrongCodeAt } from "./factor";

useDatabase();

const answer = (token: string, code: string, at = now) =>
  answerChallenge(token, { code, origin: ORIGIN, presentedCookie: undefined }, at);
const INVALID = { outcome: "invalid_code" };
const EXPIRED = { outcome: "challenge_expired" };
const SIGNED_IN = { outcome: "signed_in" };

const triesOf = (userId: UserId) => db().secondFactorTries.findUnique({ where: { userId } });
const outcomes = (answers: readonly { outcome: string }[]) => answers.map(({ outcome }) => outcome).sort();

/** Types so many wrong codes, over as many challenges as that takes. */
async function guess(userId: UserId, secret: string, count: number, at = now): Promise<void> {
  let token = "";
  for (let typed = 0; typed < count; typed++) {
    if (typed % 5 === 0) token = await newChallenge(userId, at);
    expect(await answer(token, wrongCodeAt(secret, at), at)).toEqual(INVALID);
  }
}

describe("answerChallenge with a code of the app", () => {
  it("signs in with both factors, typed with or without a space", async () => {
    const { userId, secret } = await newOwner();
    const code = codeAt(secret, now);
    const signedIn = await answer(await newChallenge(userId), `${code.slice(0, 3)} ${code.slice(3)}`);

    expect(signedIn).toMatchObject({ ...SIGNED_IN, claims: { sub: userId, aal: 2, amr: ["pwd", "otp", "mfa"] } });
    expect(await db().signInChallenge.count({ where: { userId } })).toBe(0);
  });

  it.each([
    [-60, INVALID],
    [-30, INVALID],
    [0, SIGNED_IN],
    [30, SIGNED_IN],
    [60, INVALID],
  ])(
    "takes the code of %i s away, unless it is older than the last one or out of the window (A56)",
    async (seconds, expected) => {
      const { userId, secret } = await newOwner();
      const code = codeAt(secret, addSeconds(now, seconds));

      expect(await answer(await newChallenge(userId), code)).toMatchObject(expected);
    },
  );

  it("takes the code of the step before, for a clock that is late", async () => {
    const { userId, secret } = await newOwner();
    const at = addSeconds(now, 30);

    expect(await answer(await newChallenge(userId, at), codeAt(secret, now), at)).toMatchObject(SIGNED_IN);
  });

  it("takes each code once, also of 16 challenges in parallel, also in the other step of its window (A56)", async () => {
    const { userId, secret } = await newOwner();
    const code = codeAt(secret, addSeconds(now, 30));
    const tokens = await Promise.all(Array.from({ length: 4 }, () => newChallenge(userId)));
    const answers = await Promise.all(tokens.map((token) => answer(token, code)));

    expect(outcomes(answers)).toEqual([...Array.from({ length: 3 }, () => "invalid_code"), "signed_in"]);
    for (const later of [30, 59]) {
      const at = addSeconds(now, later);
      expect(await answer(await newChallenge(userId, at), code, at)).toEqual(INVALID);
    }
    expect(await answer(await newChallenge(userId), codeAt(secret, now))).toEqual(INVALID);
  });

  it("is deaf to even the right code after five wrong ones (A42, A52)", async () => {
    const { userId, secret } = await newOwner();
    const token = await newChallenge(userId);
    for (let failure = 1; failure <= 4; failure++)
      expect(await answer(token, wrongCodeAt(secret, now))).toEqual(INVALID);
    const spared = await newChallenge(userId);
    expect(await answer(token, "not even digits")).toEqual(INVALID);

    expect(await answer(token, codeAt(secret, now))).toEqual(EXPIRED);
    expect(await answer(spared, codeAt(secret, now))).toMatchObject(SIGNED_IN);
  });

  it("judges no more than five of a burst of guesses (A52)", async () => {
    const { userId, secret } = await newOwner();
    const token = await newChallenge(userId);
    const answers = await Promise.all(Array.from({ length: 30 }, () => answer(token, wrongCodeAt(secret, now))));

    expect(outcomes(answers).filter((outcome) => outcome === "invalid_code")).toHaveLength(5);
    expect(await triesOf(userId)).toMatchObject({ failures: 5, lockedUntil: null });
  });

  it("locks the app for a minute after ten wrong codes over all challenges, and says so once (A52)", async () => {
    const { userId, secret } = await newOwner();
    await guess(userId, secret, 10);
    const token = await newChallenge(userId);
    const lockedUntil = addSeconds(now, 60);

    expect(await answer(token, codeAt(secret, now))).toEqual({ outcome: "locked", lockedUntil });
    expect(await answer(token, codeAt(secret, addSeconds(now, 59)), addSeconds(now, 59))).toMatchObject({
      outcome: "locked",
    });
    expect(await db().signInChallenge.count({ where: { userId, failures: { gt: 0, lt: 5 } } })).toBe(0);
    expect((await recordsOf(userId)).mails.filter((kind) => kind === "second_factor_locked")).toHaveLength(1);
    const after = addSeconds(now, 60);
    expect(await answer(token, codeAt(secret, after), after)).toMatchObject(SIGNED_IN);
    expect(await triesOf(userId)).toBeNull();
  });

  it("locks it for twice as long after the next wrong one", async () => {
    const { userId, secret } = await newOwner();
    await guess(userId, secret, 10);
    const at = addSeconds(now, 60);
    await guess(userId, secret, 1, at);

    expect(await triesOf(userId)).toMatchObject({ failures: 11, lockedUntil: addSeconds(at, 120) });
  });

  it("forgets wrong codes a month after the first of them", async () => {
    const { userId, secret } = await newOwner();
    await guess(userId, secret, 9);
    const month = addSeconds(now, 30 * 24 * 60 * 60);
    await guess(userId, secret, 1, month);
    expect(await triesOf(userId)).toMatchObject({ failures: 10 });
    const later = addSeconds(month, 61);
    await guess(userId, secret, 1, later);

    expect(await triesOf(userId)).toMatchObject({ failures: 1, since: later });
  });

  it("spends no try on an error of its own (A52)", async () => {
    const { userId, secret } = await newOwner();
    const token = await newChallenge(userId);
    await db().totpFactor.update({ where: { userId }, data: { sealedSecret: new Uint8Array(64) } });

    await expect(answer(token, codeAt(secret, now))).rejects.toMatchObject({ code: "seal_broken" });
    expect(await triesOf(userId)).toBeNull();
    expect(await db().signInChallenge.findFirstOrThrow({ where: { userId } })).toMatchObject({ failures: 0 });
  });

  it("takes no code of somebody else's app", async () => {
    const [victim, attacker] = [await newOwner(), await newOwner()];

    expect(await answer(await newChallenge(victim.userId), codeAt(attacker.secret, now))).toEqual(INVALID);
  });
});

describe("answerChallenge with a recovery code", () => {
  it("signs in, spends it, writes it down and tells the owner (A57)", async () => {
    const { userId, recoveryCodes } = await newOwner();
    const [code = ""] = recoveryCodes;
    const typed = ` ${code.toUpperCase().replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "l")} `;

    expect(await answer(await newChallenge(userId), typed)).toMatchObject({
      ...SIGNED_IN,
      claims: { sub: userId, aal: 2, amr: ["pwd", "otp", "mfa"] },
    });
    expect(await answer(await newChallenge(userId), code)).toEqual(INVALID);
    const { events, mails } = await recordsOf(userId);
    expect(events.filter((kind) => kind === "recovery_code_used")).toHaveLength(1);
    expect(mails).toContain("recovery_code_used");
    expect(await db().recoveryCode.count({ where: { userId, usedAt: null } })).toBe(9);
  });

  it("takes each once, however many try at once (A57, F14)", async () => {
    const { userId, recoveryCodes } = await newOwner();
    const tokens = await Promise.all(Array.from({ length: 8 }, () => newChallenge(userId)));
    const answers = await Promise.all(tokens.map((token) => answer(token, recoveryCodes[0] ?? "")));

    expect(answers.filter(({ outcome }) => outcome === "signed_in")).toHaveLength(1);
    expect(await db().session.count({ where: { userId, aal: 2 } })).toBe(1);
  });

  it("works while the app is locked: nobody locks an owner out", async () => {
    const { userId, secret, recoveryCodes } = await newOwner();
    await guess(userId, secret, 10);

    expect(await answer(await newChallenge(userId), recoveryCodes[3] ?? "")).toMatchObject(SIGNED_IN);
  });

  it("counts a wrong one like any other wrong code (A52)", async () => {
    const { userId, recoveryCodes } = await newOwner();
    const wrong = `${recoveryCodes[0]?.slice(0, -1)}${recoveryCodes[0]?.endsWith("7") ? "8" : "7"}`;

    expect(await answer(await newChallenge(userId), wrong)).toEqual(INVALID);
    expect(await triesOf(userId)).toMatchObject({ failures: 1 });
  });

  it("takes nobody else's", async () => {
    const [victim, attacker] = [await newOwner(), await newOwner()];

    expect(await answer(await newChallenge(victim.userId), attacker.recoveryCodes[0] ?? "")).toEqual(INVALID);
  });
});
