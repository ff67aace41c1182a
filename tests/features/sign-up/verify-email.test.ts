import { beforeEach, describe, expect, it } from "vitest";

import { verifyPassword } from "@/features/password/verify-password";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { TERMS_VERSION } from "@/features/terms/policy";
import { addSeconds } from "@/lib/clock";
import { randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { clear, counts, mailedTokens } from "./mails-of";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const now = new Date("2026-01-01T12:00:00.000Z");
const refusal = { ok: false, refusal: "invalid_token" };
const PASSWORD = "correct horse battery";
const signUpAs = (email: string, password = PASSWORD, at = now) => signUp(SignUpSchema.parse({ email, password }), at);

async function tokenOf(email: string, password?: string, at?: Date): Promise<string> {
  const before = await mailedTokens(email);
  await signUpAs(email, password, at);
  const after = await mailedTokens(email);
  return after.find((token) => !before.includes(token)) ?? "";
}

const storedPassword = async () => (await db().password.findFirst())?.hash ?? null;

describe("verifyEmail", () => {
  it("makes the account that this sign-up asked for, and leaves nothing pending", async () => {
    await signUp(SignUpSchema.parse({ email: "Ada@X.test", password: PASSWORD, name: "Ada" }), now);
    const [token = ""] = await mailedTokens();
    const verified = await verifyEmail(token, addSeconds(now, 60));

    const user = await db().user.findFirstOrThrow({ include: { password: true, accounts: true } });
    expect(verified).toEqual({ ok: true, value: { userId: user.id } });
    expect(user).toMatchObject({
      email: "ada@x.test",
      name: "Ada",
      image: null,
      roles: [],
      // Of the sign-up, which was the consent.
      termsVersion: TERMS_VERSION,
      termsAgreedAt: now,
      emailVerified: addSeconds(now, 60),
      accounts: [],
    });
    expect(await verifyPassword(PASSWORD, user.password?.hash ?? null)).toMatchObject({ valid: true });
    expect(await counts()).toMatchObject({ users: 1, signUps: 0, tokens: 0 });
  });

  it("spends a token once", async () => {
    const token = await tokenOf("ada@x.test");
    await verifyEmail(token, now);

    expect(await verifyEmail(token, now)).toEqual(refusal);
  });

  it("spends a token once, also among 16 at the same instant", async () => {
    const token = await tokenOf("ada@x.test");
    const answers = await Promise.all(Array.from({ length: 16 }, () => verifyEmail(token, now)));

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 15 }, () => refusal));
    expect((await counts()).users).toBe(1);
  });

  it("makes one account of two sign-ups at once for a@x.test and A@X.test, confirmed at once", async () => {
    await Promise.all([signUpAs("a@x.test"), signUpAs("A@X.test")]);
    const tokens = await mailedTokens();
    expect(tokens).toHaveLength(2);

    const answers = await Promise.all(tokens.map((token) => verifyEmail(token, now)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual([refusal]);
    expect(await counts()).toMatchObject({ users: 1, signUps: 0, tokens: 0 });
  });

  it("makes one account of five sign-ups confirmed in every order at once, without a deadlock", async () => {
    await Promise.all(Array.from({ length: 5 }, () => signUpAs("a@x.test")));
    const tokens = await mailedTokens();
    const answers = await Promise.all([...tokens, ...tokens.toReversed()].map((token) => verifyEmail(token, now)));

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await counts()).toMatchObject({ users: 1, signUps: 0, tokens: 0 });
  });

  it("leaves nothing of an attacker's earlier sign-up for the address (pre-hijacking)", async () => {
    const attackers = await tokenOf("victim@x.test", "the attacker's password");
    const owners = await tokenOf("victim@x.test", "the owner's own password", addSeconds(now, 60));

    expect(await verifyEmail(owners, addSeconds(now, 120))).toMatchObject({ ok: true });
    expect(await verifyPassword("the owner's own password", await storedPassword())).toMatchObject({ valid: true });
    expect(await verifyPassword("the attacker's password", await storedPassword())).toMatchObject({ valid: false });
    expect(await counts()).toMatchObject({ users: 1, signUps: 0, tokens: 0 });
    expect(await verifyEmail(attackers, addSeconds(now, 180))).toEqual(refusal);
  });

  it("leaves an attacker's later sign-up without effect too", async () => {
    const owners = await tokenOf("victim@x.test", "the owner's own password");
    const attackers = await tokenOf("victim@x.test", "the attacker's password", addSeconds(now, 60));
    await verifyEmail(owners, addSeconds(now, 120));

    expect(await verifyEmail(attackers, addSeconds(now, 120))).toEqual(refusal);
    expect(await verifyPassword("the owner's own password", await storedPassword())).toMatchObject({ valid: true });
  });

  it("does not touch other addresses", async () => {
    const token = await tokenOf("ada@x.test");
    await signUpAs("bob@x.test");
    await verifyEmail(token, now);

    expect(await db().signUp.findMany({ select: { email: true } })).toEqual([{ email: "bob@x.test" }]);
  });

  it.each([
    [-1, true],
    [0, false],
    [1, false],
  ])("%i s from its expiry: accepted is %s", async (seconds, accepted) => {
    const token = await tokenOf("ada@x.test");
    const answer = await verifyEmail(token, addSeconds(now, 86_400 + seconds));

    expect(answer.ok).toBe(accepted);
    if (!accepted) expect(answer).toEqual(refusal);
  });

  it("refuses when the address got an account by another way meanwhile, as it refuses an unknown token", async () => {
    const token = await tokenOf("ada@x.test");
    await db().user.create({ data: { email: "ada@x.test", emailVerified: now } });

    expect(await verifyEmail(token, now)).toEqual(refusal);
    expect(await storedPassword()).toBeNull();
    expect(await counts()).toMatchObject({ users: 1, signUps: 0, tokens: 0 });
  });

  it("refuses a token that is for something else", async () => {
    const token = await tokenOf("ada@x.test");
    await db().oneTimeToken.updateMany({ data: { purpose: "password_reset" } });

    expect(await verifyEmail(token, now)).toEqual(refusal);
    expect(await counts()).toMatchObject({ users: 0, tokens: 1 });
  });

  it.each([
    ["unknown", randomToken()],
    ["empty", ""],
    ["cut short", "A".repeat(42)],
    ["with one character more", "A".repeat(44)],
    ["with a line break", `${"A".repeat(43)}\n`],
    ["in another alphabet", "+".repeat(43)],
    ["50 KB", "A".repeat(50_000)],
    ["SQL", "' OR 1=1 --".padEnd(43, "A")],
  ])("refuses a token that is %s", async (_name, token) => {
    await signUpAs("ada@x.test");

    expect(await verifyEmail(token, now)).toEqual(refusal);
    expect(await counts()).toMatchObject({ users: 0, signUps: 1, tokens: 1 });
  });
});
