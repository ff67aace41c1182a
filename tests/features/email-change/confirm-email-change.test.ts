import { beforeEach, describe, expect, it } from "vitest";

import { confirmEmailChange } from "@/features/email-change/confirm-email-change";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { fiftyTimes } from "../../support/fifty-times";
import { waitingMails } from "../sign-up/mails-of";
import {
  address,
  clear,
  confirmTokenFor,
  emailOf,
  eventsOf,
  type Mover,
  newMover,
  now,
  origin,
  PASSWORD,
  tokensTo,
} from "./mover";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const done = { ok: true, value: null };
const refusal = { ok: false, refusal: "invalid_token" };
const later = addSeconds(now, 3600);

/** A change that waits, written past the use case so that its times are exact. */
async function waitingChange(mover: Mover, toEmail: string): Promise<string> {
  const token = randomToken();
  const { userId, email: fromEmail } = mover;
  const times = { createdAt: now, expiresAt: addSeconds(now, 86_400) };
  await db().emailChange.create({ data: { userId, fromEmail, toEmail, confirmTokenHash: hashToken(token), ...times } });
  return token;
}

async function expectUnchanged(mover: Mover): Promise<void> {
  expect(await emailOf(mover)).toBe(mover.email);
  expect((await waitingMails()).filter(({ kind }) => kind === "email_changed")).toEqual([]);
  expect(await db().revocationFeedEntry.count()).toBe(0);
}

describe("confirmEmailChange", () => {
  it("moves the account, tells every instance, and writes to the old address with the way back (A48)", async () => {
    const mover = await newMover();
    const token = await confirmTokenFor(mover, "new@x.test");

    expect(await confirmEmailChange(token, origin, later)).toEqual(done);
    const { userId } = mover;
    expect(await db().user.findFirstOrThrow()).toMatchObject({
      ...{ id: userId, email: "new@x.test", emailVerified: later, claimsVersion: 1 },
    });
    expect(await db().revocationFeedEntry.findMany()).toMatchObject([{ userId, claimsVersion: 1, sessionId: null }]);
    expect(await db().emailChange.findFirstOrThrow()).toMatchObject({
      ...{ confirmTokenHash: null, confirmedAt: later, undoExpiresAt: addSeconds(later, 72 * 3600) },
    });
    const told = (await waitingMails()).filter(({ kind }) => kind === "email_changed");
    expect(told.map(({ to }) => to)).toEqual(["old@x.test"]);
    expect(await tokensTo("old@x.test", "/undo-email-change")).toHaveLength(1);
    expect(await eventsOf(mover)).toEqual([
      { kind: "email_change_requested", sessionId: mover.sessionId, ...origin },
      { kind: "email_changed", sessionId: null, ...origin },
    ]);
  });

  it("moves the sign-in with it: the old address until then, the new one from then on (A48)", async () => {
    const mover = await newMover();
    const token = await confirmTokenFor(mover, "new@x.test");
    const signIn = async (email: string) =>
      (await signInWithPassword({ email: address(email), password: PASSWORD }, later)).ok;

    expect([await signIn("old@x.test"), await signIn("new@x.test")]).toEqual([true, false]);
    await confirmEmailChange(token, origin, later);
    expect([await signIn("old@x.test"), await signIn("new@x.test")]).toEqual([false, true]);
    expect(await db().session.count({ where: { id: mover.sessionId, endedAt: null } })).toBe(1);
  });

  it("kills what was mailed to the old address before: resets, and links that sign in (A44)", async () => {
    const mover = await newMover();
    const bystander = await newMover("bystander@x.test");
    const expiresAt = addSeconds(now, 86_400);
    for (const { userId } of [mover, bystander]) {
      await db().oneTimeToken.create({
        data: { userId, purpose: "password_reset", tokenHash: hashToken(randomToken()), expiresAt },
      });
    }
    for (const email of ["old@x.test", "bystander@x.test"]) {
      const hashes = { tokenHash: hashToken(randomToken()), codeHash: hashToken("1"), browserHash: hashToken("2") };
      await db().magicLink.create({ data: { email, expiresAt, ...hashes } });
    }
    await confirmEmailChange(await waitingChange(mover, "new@x.test"), origin, later);

    expect(await db().oneTimeToken.findMany({ select: { userId: true } })).toEqual([{ userId: bystander.userId }]);
    expect(await db().magicLink.findMany({ select: { email: true } })).toEqual([{ email: "bystander@x.test" }]);
  });

  it("ends the sign-ups that wait for the address that is now proven (A36)", async () => {
    const token = randomToken();
    const expiresAt = addSeconds(now, 86_400);
    await db().signUp.create({
      data: {
        email: "new@x.test",
        expiresAt,
        tokens: { create: { tokenHash: hashToken(token), purpose: "sign_up", expiresAt } },
      },
    });
    await confirmEmailChange(await waitingChange(await newMover(), "new@x.test"), origin, later);

    expect(await db().signUp.count()).toBe(0);
    expect(await verifyEmail(token, later)).toEqual(refusal);
  });

  it.each([
    [-1, done],
    [0, refusal],
    [1, refusal],
  ])("%i s from its expiry: %j (A41)", async (seconds, answer) => {
    const mover = await newMover();
    const token = await waitingChange(mover, "new@x.test");

    expect(await confirmEmailChange(token, origin, addSeconds(now, 86_400 + seconds))).toEqual(answer);
    if (answer === refusal) await expectUnchanged(mover);
  });

  it("is done once, also among 50 at the same instant (A43, F14)", async () => {
    const mover = await newMover();
    const token = await waitingChange(mover, "new@x.test");
    const answers = await fiftyTimes(() => confirmEmailChange(token, origin, later));

    expect(answers.filter(({ ok }) => ok)).toEqual([done]);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 49 }, () => refusal));
    expect(await db().user.findFirstOrThrow()).toMatchObject({ email: "new@x.test", claimsVersion: 1 });
    expect(await tokensTo("old@x.test", "/undo-email-change")).toHaveLength(1);
    expect(await confirmEmailChange(token, origin, later)).toEqual(refusal);
  });

  it("refuses a change that was made void, as a password reset does (A39)", async () => {
    const mover = await newMover();
    const token = await waitingChange(mover, "new@x.test");
    await db().emailChange.updateMany({ where: { confirmedAt: null }, data: { confirmTokenHash: null } });

    expect(await confirmEmailChange(token, origin, later)).toEqual(refusal);
    await expectUnchanged(mover);
  });

  it("refuses an address that got an account meanwhile, and leaves both as they are", async () => {
    const mover = await newMover();
    const token = await waitingChange(mover, "new@x.test");
    const other = await newMover("new@x.test");

    expect(await confirmEmailChange(token, origin, later)).toEqual(refusal);
    await expectUnchanged(mover);
    expect(await emailOf(other)).toBe("new@x.test");
  });

  it("gives an address to one of two, when somebody comes with it from a provider in the same instant", async () => {
    for (let round = 0; round < 8; round++) {
      await clear();
      const mover = await newMover();
      const token = await waitingChange(mover, "new@x.test");
      const [confirmed, arrived] = await Promise.all([
        confirmEmailChange(token, origin, later),
        signInWithProvider(
          {
            ...{ provider: "google", providerType: "oidc", providerAccountId: `g-${round}`, email: "new@x.test" },
            ...{ name: null, image: null, profile: { email_verified: true }, tokens: null },
          },
          later,
        ),
      ]);

      expect([confirmed, arrived]).toEqual(
        confirmed.ok
          ? [done, { ok: false, refusal: "account_exists" }]
          : [refusal, expect.objectContaining({ ok: true })],
      );
      expect(await db().user.count({ where: { email: "new@x.test" } })).toBe(1);
    }
  });

  it("gives an address to one of two accounts that both move to it", async () => {
    const movers = await Promise.all([newMover("a@x.test"), newMover("b@x.test")]);
    const tokens = await Promise.all(movers.map((mover) => waitingChange(mover, "new@x.test")));
    const answers = await Promise.all(tokens.map((token) => confirmEmailChange(token, origin, later)));

    expect(answers.filter(({ ok }) => ok)).toEqual([done]);
    expect(answers.filter(({ ok }) => !ok)).toEqual([refusal]);
  });

  it("refuses for an account that was disabled meanwhile", async () => {
    const mover = await newMover();
    const token = await waitingChange(mover, "new@x.test");
    await db().user.updateMany({ data: { disabledAt: now } });

    expect(await confirmEmailChange(token, origin, later)).toEqual(refusal);
    await expectUnchanged(mover);
  });

  it("takes no token that was issued for something else (A45)", async () => {
    const mover = await newMover();
    const reset = randomToken();
    const expiresAt = addSeconds(now, 86_400);
    const { userId } = mover;
    await db().oneTimeToken.create({
      data: { userId, purpose: "password_reset", tokenHash: hashToken(reset), expiresAt },
    });
    await confirmEmailChange(await waitingChange(await newMover("other@x.test"), "new@x.test"), origin, later);
    const [undo = ""] = await tokensTo("other@x.test", "/undo-email-change");
    await waitingChange(mover, "mine@x.test");

    expect(await confirmEmailChange(reset, origin, later)).toEqual(refusal);
    expect(await confirmEmailChange(undo, origin, later)).toEqual(refusal);
    expect(await emailOf(mover)).toBe("old@x.test");
    expect(await db().oneTimeToken.count()).toBe(1);
  });

  it("takes no token in another spelling, and the right one still works (A45)", async () => {
    const token = await waitingChange(await newMover(), "new@x.test");
    const flipped = token.replace(/[a-z]/i, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    for (const spelling of [
      flipped,
      `${token}=`,
      `${token}\n`,
      ` ${token}`,
      token.slice(1),
      "",
      randomToken(),
      "A".repeat(50_000),
    ]) {
      expect(await confirmEmailChange(spelling, origin, later)).toEqual(refusal);
    }

    expect(await confirmEmailChange(token, origin, later)).toEqual(done);
  });
});
