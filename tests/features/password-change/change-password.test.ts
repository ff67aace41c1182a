import { describe, expect, it } from "vitest";

import { verifyPassword } from "@/features/password/verify-password";
import { changePassword, setFirstPassword } from "@/features/password-change/change-password";
import { resetPassword } from "@/features/password-reset/reset-password";
import { checkSession } from "@/features/session/check-session";
import { endSession } from "@/features/session/end-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import {
  auditOf,
  NEW_PASSWORD,
  newAccount,
  OLD_PASSWORD,
  ORIGIN,
  requestToken,
  type StoredAccount,
  storedHash,
} from "../password-reset/accounts";
import { newSession } from "../session-overview/people";
import { waitingMails } from "../sign-up/mails-of";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");
const later = addSeconds(now, 3600);
const input = { currentPassword: OLD_PASSWORD, newPassword: NEW_PASSWORD };
const change = (acting: SessionClaims, typed = input) => changePassword(acting, typed, ORIGIN, later);
const check = (claims: SessionClaims) => checkSession(sealSessionCookie(claims), { now: later, mayRotate: false });
const isPassword = async (account: StoredAccount, password: string) =>
  (await verifyPassword(password, await storedHash(account))).valid;
const refusal = (code: string) => ({ ok: false, refusal: code });
const mailsAbout = async ({ email }: StoredAccount) =>
  (await waitingMails()).filter(({ to, kind }) => to === email && kind === "password_changed");

describe("changePassword", () => {
  it("A8: ends every session, and the acting one goes on under a new id with auth_time of now", async () => {
    const account = await newAccount();
    const proof = { aal: 2 as const, amr: ["pwd", "otp"], remember: false };
    const acting = await newSession(account.userId, now, proof);
    const others = [await newSession(account.userId, now), await newSession(account.userId, now)];
    const changed = await change(acting);
    if (!changed.ok) throw new Error(changed.refusal);

    const { value } = changed;
    const { sid: _old, ...kept } = acting;
    expect(value).toEqual({
      ...kept,
      sid: expect.not.stringMatching(acting.sid),
      auth_time: epochSeconds(later),
      win: epochSeconds(addSeconds(later, 15 * 60)),
      idle: epochSeconds(addSeconds(later, 7 * 24 * 60 * 60)),
      iat: epochSeconds(later),
    });
    expect(await check(value)).toMatchObject({ state: "live", claims: { sid: value.sid, aal: 2 } });
    for (const claims of [acting, ...others]) {
      expect(await check(claims)).toMatchObject({ state: "ended", reason: "password_changed" });
    }
    expect(await isPassword(account, NEW_PASSWORD)).toBe(true);
  });

  it("is told to the owner once, and to the audit log (A49)", async () => {
    const account = await newAccount();
    const acting = await newSession(account.userId, now);
    await newSession(account.userId, now);
    await change(acting);

    expect((await mailsAbout(account)).map(({ subject }) => subject)).toEqual(["Your password was changed"]);
    expect(await auditOf(account.userId, "password_changed")).toEqual([
      { kind: "password_changed", sessionId: acting.sid, ...ORIGIN, details: { endedSessions: 2 } },
    ]);
  });

  it("A47: refuses a wrong current password, writes it down, and changes nothing", async () => {
    const account = await newAccount();
    const acting = await newSession(account.userId, now);
    for (const currentPassword of ["not what it is", ""]) {
      expect(await change(acting, { ...input, currentPassword })).toEqual(refusal("invalid_credentials"));
    }

    expect(await isPassword(account, OLD_PASSWORD)).toBe(true);
    expect((await check(acting)).state).toBe("live");
    expect(await mailsAbout(account)).toEqual([]);
    const row = { kind: "password_change_failed", sessionId: acting.sid, ...ORIGIN, details: {} };
    expect(await auditOf(account.userId, "password_change_failed")).toEqual([row, row]);
  });

  it("A47: answers an account without a password as it answers a wrong one", async () => {
    const account = await newAccount({ password: false, providers: ["google"] });
    const acting = await newSession(account.userId, now);

    expect(await change(acting)).toEqual(refusal("invalid_credentials"));
    expect(await storedHash(account)).toBeNull();
  });

  it.each([
    ["short", "too_short"],
    ["grace hopper grace", "too_guessable_from_context"],
  ])("refuses the new password %j and changes nothing", async (newPassword, code) => {
    const account = await newAccount({ name: "Grace Hopper" });
    const acting = await newSession(account.userId, now);

    expect(await change(acting, { ...input, newPassword })).toEqual(refusal(code));
    expect((await check(acting)).state).toBe("live");
  });

  it("A44: kills an open reset link", async () => {
    const account = await newAccount();
    const token = await requestToken(account, later);
    await change(await newSession(account.userId, now));

    const reset = await resetPassword({ token, password: "another four words entirely" }, ORIGIN, later);
    expect(reset).toEqual(refusal("invalid_token"));
    expect(await isPassword(account, NEW_PASSWORD)).toBe(true);
  });

  it("A43: of 16 changes at the same instant, from as many sessions, one counts", async () => {
    const account = await newAccount();
    const sessions: SessionClaims[] = [];
    for (let index = 0; index < 16; index++) sessions.push(await newSession(account.userId, now));
    const answers = await Promise.all(
      sessions.map((acting, index) => change(acting, { ...input, newPassword: `${NEW_PASSWORD} number ${index}` })),
    );

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = answers.findIndex(({ ok }) => ok);
    expect(await isPassword(account, `${NEW_PASSWORD} number ${winner}`)).toBe(true);
    expect(await db().session.count({ where: { userId: account.userId, endedAt: null } })).toBe(1);
    expect(await auditOf(account.userId, "password_changed")).toHaveLength(1);
  });

  it("ends in one of the two, when the link is redeemed at the same instant", async () => {
    const account = await newAccount();
    const acting = await newSession(account.userId, now);
    const token = await requestToken(account, later);
    const [changed, reset] = await Promise.all([
      change(acting),
      resetPassword({ token, password: "another four words entirely" }, ORIGIN, later),
    ]);

    expect([changed.ok, reset.ok].filter(Boolean)).toHaveLength(1);
    expect(await isPassword(account, changed.ok ? NEW_PASSWORD : "another four words entirely")).toBe(true);
    expect(await db().session.count({ where: { userId: account.userId, endedAt: null } })).toBe(changed.ok ? 1 : 0);
  });

  it("does not revive a session that ended meanwhile", async () => {
    const account = await newAccount();
    const acting = await newSession(account.userId, now);
    await endSession(acting, "revoked_by_user", now);

    expect(await change(acting)).toEqual(refusal("session_ended"));
    expect(await isPassword(account, OLD_PASSWORD)).toBe(true);
  });

  it("takes no session of somebody else for the acting one", async () => {
    const account = await newAccount();
    const stranger = await newSession((await newAccount()).userId, now);

    expect(await change({ ...stranger, sub: account.userId })).toEqual(refusal("session_ended"));
    expect((await check(stranger)).state).toBe("live");
  });
});

describe("setFirstPassword", () => {
  const set = (acting: SessionClaims, password = NEW_PASSWORD) => setFirstPassword(acting, password, ORIGIN, later);

  it("gives an account of a provider a password: a mail, a row, and no other session is left", async () => {
    const account = await newAccount({ password: false, providers: ["google"] });
    const acting = await newSession(account.userId, now, { method: "google", amr: ["fed"] });
    const other = await newSession(account.userId, now, { method: "google", amr: ["fed"] });
    const answer = await set(acting);

    expect(answer).toMatchObject({ ok: true, value: { method: "google", amr: ["fed"] } });
    expect(await isPassword(account, NEW_PASSWORD)).toBe(true);
    expect((await check(other)).state).toBe("ended");
    const [mail] = await mailsAbout(account);
    expect(mail?.subject).toBe("Your account has a password now");
    expect(mail?.text).toContain("Signing in with Google works as before.");
    expect(await auditOf(account.userId, "password_set")).toEqual([
      { kind: "password_set", sessionId: acting.sid, ...ORIGIN, details: { endedSessions: 2 } },
    ]);
  });

  it("A47: is no way around the current password", async () => {
    const account = await newAccount();
    const acting = await newSession(account.userId, now);

    expect(await set(acting)).toEqual(refusal("replaced_meanwhile"));
    expect(await isPassword(account, OLD_PASSWORD)).toBe(true);
    expect((await check(acting)).state).toBe("live");
  });

  it("sets one of 16 that are chosen at the same instant", async () => {
    const account = await newAccount({ password: false, providers: ["google"] });
    const acting = await newSession(account.userId, now);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => set(acting, `${NEW_PASSWORD} number ${index}`)),
    );

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = answers.findIndex(({ ok }) => ok);
    expect(await isPassword(account, `${NEW_PASSWORD} number ${winner}`)).toBe(true);
  });

  it("keeps to the rules for passwords", async () => {
    const account = await newAccount({ password: false, providers: ["google"] });

    expect(await set(await newSession(account.userId, now), "short")).toEqual(refusal("too_short"));
  });
});
