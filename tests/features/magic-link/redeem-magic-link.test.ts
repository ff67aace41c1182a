import { beforeEach, describe, expect, it } from "vitest";

import { placeMagicLink, redeemMagicCode, redeemMagicLink } from "@/features/magic-link/redeem-magic-link";
import { requestMagicLink } from "@/features/magic-link/request-magic-link";
import { addSeconds } from "@/lib/clock";
import { randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { fiftyTimes } from "../../support/fifty-times";
import { ada, adaAlone, ask, LIFETIME_SECONDS, nobody, now, origin, wrong } from "./asker";

useDatabase();
beforeEach(adaAlone);

const badToken = { ok: false, refusal: "invalid_token" };
const badCode = { ok: false, refusal: "invalid_code" };
const admitted = { ok: true, value: { userId: expect.any(String), remember: false } };

describe("redeemMagicLink", () => {
  it("admits the account once, with the lifetime that was asked for", async () => {
    const { token, browserToken } = await ask(now, true);

    expect(await redeemMagicLink(token, browserToken, origin, now)).toEqual({
      ok: true,
      value: { userId: expect.any(String), remember: true },
    });
    expect(await redeemMagicLink(token, browserToken, origin, now)).toEqual(badToken);
  });

  it("admits one of 50 at the same instant (A43)", async () => {
    const { token, browserToken } = await ask();
    const answers = await fiftyTimes(() => redeemMagicLink(token, browserToken, origin, now));

    expect(answers.filter(({ ok }) => ok)).toEqual([admitted]);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 49 }, () => badToken));
  });

  it("works in no other browser, and stays good in the one that asked", async () => {
    const { token, browserToken } = await ask();
    const other = await requestMagicLink({ email: nobody, remember: false }, now);

    expect(await redeemMagicLink(token, undefined, origin, now)).toEqual(badToken);
    expect(await redeemMagicLink(token, other.browserToken, origin, now)).toEqual(badToken);
    expect(await redeemMagicLink(token, browserToken, origin, now)).toEqual(admitted);
  });

  it.each([
    [-1, true],
    [0, false],
    [1, false],
  ])("%i s from its expiry: taken is %s (A41)", async (seconds, taken) => {
    const { token, browserToken } = await ask();
    const answer = await redeemMagicLink(token, browserToken, origin, addSeconds(now, LIFETIME_SECONDS + seconds));

    expect(answer).toEqual(taken ? admitted : badToken);
  });

  it("refuses malformed tokens, and writes refusals down without a name (A45)", async () => {
    const { token, browserToken } = await ask();
    for (const bad of ["", `${token}=`, token.slice(1), randomToken(), browserToken]) {
      expect(await redeemMagicLink(bad, browserToken, origin, now)).toEqual(badToken);
    }
    const [event] = await db().auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });

    expect(event).toMatchObject({
      ...{ kind: "sign_in_failed", userId: null, ip: origin.ip },
      details: { method: "magic_link", reason: "invalid_token" },
    });
  });

  it("leaves nothing of sign-ups that others began for the address (A36)", async () => {
    await db().signUp.create({ data: { email: ada, passwordHash: "x", expiresAt: addSeconds(now, 60) } });
    const { token, browserToken } = await ask();
    await redeemMagicLink(token, browserToken, origin, now);

    expect(await db().signUp.count()).toBe(0);
    expect(await db().password.count()).toBe(0);
  });

  it("refuses an account that was disabled, or moved away, in the meantime", async () => {
    const disabled = await ask();
    await db().user.updateMany({ data: { disabledAt: now } });
    expect(await redeemMagicLink(disabled.token, disabled.browserToken, origin, now)).toEqual(badToken);

    await db().user.updateMany({ data: { disabledAt: null } });
    const moved = await ask(addSeconds(now, 1));
    await db().user.updateMany({ data: { email: "elsewhere@x.test" } });
    expect(await redeemMagicCode(moved.code, moved.browserToken, origin, addSeconds(now, 2))).toEqual(badCode);
  });
});

describe("redeemMagicCode", () => {
  it("admits the account once, and ends the link too", async () => {
    const { token, code, browserToken } = await ask();

    expect(await redeemMagicCode(code, browserToken, origin, now)).toEqual(admitted);
    expect(await redeemMagicCode(code, browserToken, origin, now)).toEqual(badCode);
    expect(await redeemMagicLink(token, browserToken, origin, now)).toEqual(badToken);
  });

  it("works after four wrong codes, and after the fifth neither it nor the link does (A42)", async () => {
    const patient = await ask();
    for (let tries = 0; tries < 4; tries++) {
      expect(await redeemMagicCode(wrong(patient.code), patient.browserToken, origin, now)).toEqual(badCode);
    }
    expect(await redeemMagicCode(patient.code, patient.browserToken, origin, now)).toEqual(admitted);

    const guessed = await ask(addSeconds(now, 1));
    const at = addSeconds(now, 2);
    for (let tries = 0; tries < 5; tries++)
      await redeemMagicCode(wrong(guessed.code), guessed.browserToken, origin, at);
    expect(await redeemMagicCode(guessed.code, guessed.browserToken, origin, at)).toEqual(badCode);
    expect(await redeemMagicLink(guessed.token, guessed.browserToken, origin, at)).toEqual(badToken);
  });

  it("counts guesses that come at once one by one (A42)", async () => {
    const { code, browserToken } = await ask();
    await Promise.all(Array.from({ length: 20 }, () => redeemMagicCode(wrong(code), browserToken, origin, now)));

    expect(await db().magicLink.findFirstOrThrow({ select: { failures: true } })).toEqual({ failures: 5 });
  });

  it("admits one of 5 at the same instant (A43)", async () => {
    const { code, browserToken } = await ask();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => redeemMagicCode(code, browserToken, origin, now)),
    );

    expect(answers.filter(({ ok }) => ok)).toEqual([admitted]);
  });

  it("is worth nothing in another browser, and costs the right one no try", async () => {
    const { code, browserToken } = await ask();
    expect(await redeemMagicCode(code, undefined, origin, now)).toEqual(badCode);
    for (let tries = 0; tries < 6; tries++) {
      expect(await redeemMagicCode(code, randomToken(), origin, now)).toEqual(badCode);
    }

    expect(await redeemMagicCode(code, browserToken, origin, now)).toEqual(admitted);
  });

  it("admits nobody, and makes no account, for an address that has none (A36)", async () => {
    const { browserToken } = await requestMagicLink({ email: nobody, remember: false }, now);
    expect(await redeemMagicCode("123456", browserToken, origin, now)).toEqual(badCode);

    expect(await db().user.count()).toBe(1);
  });

  it.each([
    [-1, true],
    [0, false],
    [1, false],
  ])("%i s from its expiry: taken is %s (A41)", async (seconds, taken) => {
    const { code, browserToken } = await ask();
    const answer = await redeemMagicCode(code, browserToken, origin, addSeconds(now, LIFETIME_SECONDS + seconds));

    expect(answer).toEqual(taken ? admitted : badCode);
  });
});

describe("placeMagicLink", () => {
  it("tells the browser that asked from another, and spends nothing (A46)", async () => {
    const { token, browserToken } = await ask();

    expect(await placeMagicLink(token, browserToken, now)).toBe("here");
    expect(await placeMagicLink(token, randomToken(), now)).toBe("elsewhere");
    expect(await placeMagicLink(token, undefined, now)).toBe("elsewhere");
    expect(await placeMagicLink(token, browserToken, addSeconds(now, LIFETIME_SECONDS))).toBe("nowhere");
    expect(await placeMagicLink("x", browserToken, now)).toBe("nowhere");
    expect(await redeemMagicLink(token, browserToken, origin, now)).toEqual(admitted);
  });
});
