import { describe, expect, it } from "vitest";

import { disableAccount } from "@/features/account/disable-account";
import { verifyPassword } from "@/features/password/verify-password";
import { findResetAccount, resetPassword } from "@/features/password-reset/reset-password";
import { checkSession } from "@/features/session/check-session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { fiftyTimes } from "../../support/fifty-times";
import { newSession } from "../session-overview/people";
import { mailedTokens, waitingMails } from "../sign-up/mails-of";
import {
  auditOf,
  NEW_PASSWORD,
  newAccount,
  OLD_PASSWORD,
  ORIGIN,
  requestToken,
  type StoredAccount,
  storedHash,
} from "./accounts";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");
const later = addSeconds(now, 60);
const invalid = { ok: false, refusal: "invalid_token" };
const done = { ok: true, value: null };
const reset = (token: unknown, password = NEW_PASSWORD, at = later) => resetPassword({ token, password }, ORIGIN, at);
const isPassword = async (account: StoredAccount, password: string) =>
  (await verifyPassword(password, await storedHash(account))).valid;

describe("resetPassword", () => {
  it("makes the new password the account's, once", async () => {
    const account = await newAccount();
    const token = await requestToken(account, now);

    expect(await reset(token)).toEqual(done);
    expect(await isPassword(account, NEW_PASSWORD)).toBe(true);
    expect(await isPassword(account, OLD_PASSWORD)).toBe(false);
    expect(await reset(token, "another four words entirely")).toEqual(invalid);
    expect(await isPassword(account, NEW_PASSWORD)).toBe(true);
    expect(await db().session.count({ where: { userId: account.userId } })).toBe(0);
  });

  it("tells the owner by mail, once, and the audit log (A49)", async () => {
    const account = await newAccount({ providers: ["google"] });
    await newSession(account.userId, now);
    await reset(await requestToken(account, now));

    const mails = (await waitingMails()).filter(({ to, kind }) => to === account.email && kind === "password_changed");
    expect(mails.map(({ subject }) => subject)).toEqual(["Your password was reset"]);
    expect(mails[0]?.text).toContain("on 1 January 2026 at 12:01 UTC.");
    expect(mails[0]?.text).toContain("Signing in with Google works as before.");
    expect(mails[0]?.text).not.toContain("token=");
    expect(await auditOf(account.userId, "password_reset")).toEqual([
      { kind: "password_reset", sessionId: null, ...ORIGIN, details: { endedSessions: 1 } },
    ]);
  });

  it("A37: ends every session, so that whoever had got in is out", async () => {
    const account = await newAccount();
    const sessions = [
      await newSession(account.userId, now),
      await newSession(account.userId, now, { method: "google" }),
    ];
    const bystander = await newSession((await newAccount()).userId, now);
    await reset(await requestToken(account, now));

    for (const claims of sessions) {
      const check = await checkSession(sealSessionCookie(claims), { now: later, mayRotate: true });
      expect(check).toMatchObject({ state: "ended", reason: "password_changed" });
    }
    expect((await checkSession(sealSessionCookie(bystander), { now: later, mayRotate: true })).state).toBe("live");
  });

  it("A38, A39: voids what a stranger may have begun: a move to another address, a half sign-in, a trusted browser, a link", async () => {
    const account = await newAccount();
    const { userId, email } = account;
    const tokenHash = () => hashToken(randomToken());
    const expiresAt = addSeconds(now, 3600);
    const change = { userId, fromEmail: email, toEmail: "thief@x.test", expiresAt };
    const pending = await db().emailChange.create({ data: { ...change, confirmTokenHash: tokenHash() } });
    const undoTokenHash = tokenHash();
    const settled = await db().emailChange.create({ data: { ...change, confirmedAt: now, undoTokenHash } });
    await db().signInChallenge.create({
      data: { tokenHash: tokenHash(), userId, method: "password", amr: ["pwd"], remember: true, expiresAt },
    });
    await db().trustedDevice.create({ data: { tokenHash: tokenHash(), userId, lastUsedAt: now, expiresAt } });
    const hashes = { codeHash: tokenHash(), browserHash: tokenHash() };
    await db().magicLink.create({ data: { email, tokenHash: tokenHash(), ...hashes, expiresAt } });
    await db().connectionRequest.create({ data: { tokenHash: tokenHash(), userId, provider: "google", expiresAt } });
    await reset(await requestToken(account, now));

    expect(await db().emailChange.findUnique({ where: { id: pending.id } })).toMatchObject({ confirmTokenHash: null });
    expect(await db().emailChange.findUnique({ where: { id: settled.id } })).toMatchObject({ undoTokenHash });
    const left = await Promise.all([
      db().signInChallenge.count({ where: { userId } }),
      db().trustedDevice.count({ where: { userId } }),
      db().magicLink.count({ where: { email } }),
      db().connectionRequest.count({ where: { userId } }),
    ]);
    expect(left).toEqual([0, 0, 0, 0]);
  });

  it("A43: of 50, ten at the same instant, one resets, with its own password", async () => {
    const account = await newAccount();
    const token = await requestToken(account, now);
    const passwords: string[] = [];
    const answers = await fiftyTimes(() => {
      const password = `${NEW_PASSWORD} number ${passwords.length}`;
      passwords.push(password);
      return reset(token, password);
    });

    const winners = passwords.filter((_, index) => answers[index]?.ok);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 49 }, () => invalid));
    expect(await isPassword(account, winners[0] ?? "")).toBe(true);
    expect(await auditOf(account.userId, "password_reset")).toHaveLength(1);
  });

  it("A44: an older link is dead once a newer was mailed", async () => {
    const account = await newAccount();
    const older = await requestToken(account, now);
    const newer = await requestToken(account, addSeconds(now, 1));

    expect(await reset(older)).toEqual(invalid);
    expect(await reset(newer)).toEqual(done);
  });

  it.each([
    [-1, done],
    [0, invalid],
    [1, invalid],
  ])("A41: %i s from its expiry", async (seconds, answer) => {
    const token = await requestToken(await newAccount(), now);

    expect(await reset(token, NEW_PASSWORD, addSeconds(now, 900 + seconds))).toEqual(answer);
  });

  it.each([
    ["short", "too_short"],
    ["x".repeat(257), "too_long"],
    ["aaaaaaaaaaaaaaaa", "too_common"],
    ["grace hopper grace", "too_guessable_from_context"],
  ])("A45: refuses the password %j, and the link goes on working", async (password, refusal) => {
    const account = await newAccount({ name: "Grace Hopper" });
    const token = await requestToken(account, now);

    expect(await reset(token, password)).toEqual({ ok: false, refusal });
    expect(await isPassword(account, OLD_PASSWORD)).toBe(true);
    expect(await reset(token)).toEqual(done);
  });

  it("A45: takes no token of another purpose, and is none for another purpose", async () => {
    await signUp(SignUpSchema.parse({ email: "new@x.test", password: OLD_PASSWORD }), now);
    const [verification = ""] = await mailedTokens("new@x.test");
    const token = await requestToken(await newAccount(), now);

    expect(await reset(verification)).toEqual(invalid);
    expect(await verifyEmail(token, later)).toEqual(invalid);
    expect(await verifyEmail(verification, later)).toMatchObject({ ok: true });
    expect(await reset(token)).toEqual(done);
  });

  it("A45: takes no other spelling of a token, nor anything else in its place", async () => {
    const account = await newAccount();
    const token = await requestToken(account, now);
    const swapped = token.replace(/[a-z]/i, (letter) => (letter === letter.toLowerCase() ? "A" : "a"));
    const others = [swapped, `${token}=`, ` ${token}`, `${token}\n`, token.slice(1), "", randomToken(), [token], null];
    for (const other of [...others, { token }, 1, true, "A".repeat(50_000)])
      expect(await reset(other)).toEqual(invalid);

    expect(await reset(token)).toEqual(done);
  });

  it("A9: refuses for an account that was disabled meanwhile", async () => {
    const account = await newAccount();
    const token = await requestToken(account, now);
    await disableAccount(account.email, now);

    expect(await reset(token)).toEqual(invalid);
    expect(await isPassword(account, OLD_PASSWORD)).toBe(true);
  });
});

describe("findResetAccount", () => {
  it("names whose password a link resets as long as it does, and spends nothing (A46)", async () => {
    const account = await newAccount({ name: "Grace" });
    const token = await requestToken(account, now);
    for (let opened = 0; opened < 3; opened++) {
      expect(await findResetAccount(token, later)).toMatchObject({ email: account.email, name: "Grace" });
    }
    expect(await findResetAccount(token, addSeconds(now, 900))).toBeNull();
    expect(await findResetAccount([token], later)).toBeNull();
    expect(await findResetAccount(undefined, later)).toBeNull();
    await reset(token);
    expect(await findResetAccount(token, later)).toBeNull();
  });
});
