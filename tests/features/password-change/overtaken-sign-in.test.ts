import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { setFirstPassword } from "@/features/password-change/change-password";
import { lockAccount } from "@/features/password-change/data";
import { replacePassword } from "@/features/password-change/replace-password";
import { resetPassword } from "@/features/password-reset/reset-password";
import { startSession } from "@/features/session/start-session";
import { upgradePasswordHash } from "@/features/sign-in/data";
import { proveByPassword } from "@/features/sign-in/prove-by-password";
import { addSeconds } from "@/lib/clock";
import { db, inTransaction } from "@/lib/db";
import { useDatabase } from "../../support/database";
import {
  NEW_PASSWORD,
  newAccount,
  OLD_PASSWORD,
  ORIGIN,
  requestToken,
  type StoredAccount,
  storedHash,
} from "../password-reset/accounts";
import { newSession } from "../session-overview/people";

process.env["PASSWORD_HASH"] = "argon2id";
const database = useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");
const refused = { ok: false, refusal: "invalid_credentials" };

/** A sign-in with the old password that has just been found to be right, and has not begun its session yet. */
async function proven(account: StoredAccount) {
  const { proven: answer } = await proveByPassword({ email: account.email, password: OLD_PASSWORD }, now, undefined);
  if (!answer.ok) throw new Error(answer.refusal);
  const { userId, passwordVersion } = answer.value;
  return { userId, passwordVersion, method: "password", aal: 1 as const, amr: ["pwd"], remember: true, ...ORIGIN };
}

const liveSessions = ({ userId }: StoredAccount) => db().session.count({ where: { userId, endedAt: null } });

async function untilSomebodyWaits(): Promise<void> {
  const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  while ((await database.query(waiting)).length === 0) await sleep(10);
}

describe("a sign-in with a password that is replaced before its session begins (A37)", () => {
  it("begins none, once the password was reset", async () => {
    const account = await newAccount();
    const signIn = await proven(account);
    const token = await requestToken(account, now);
    await resetPassword({ token, password: NEW_PASSWORD }, ORIGIN, addSeconds(now, 1));

    expect(await startSession(signIn, addSeconds(now, 1))).toEqual(refused);
    expect(await liveSessions(account)).toBe(0);
  });

  it("begins none when it waits for the very transaction that replaces the password", async () => {
    const account = await newAccount();
    const signIn = await proven(account);
    let begin: ReturnType<typeof startSession> | undefined;
    await inTransaction(async (transaction) => {
      const held = await lockAccount(transaction, account.userId);
      if (!held) throw new Error("The account is there.");
      begin = startSession(signIn, now);
      await untilSomebodyWaits();
      await replacePassword(transaction, held, { event: "password_reset", hash: "another", origin: ORIGIN }, now);
    });

    expect(await begin).toEqual(refused);
    expect(await liveSessions(account)).toBe(0);
  });

  it("begins one when only the hash of the same password was upgraded meanwhile (A50)", async () => {
    const account = await newAccount();
    const signIn = await proven(account);
    await upgradePasswordHash(account.userId, (await storedHash(account)) ?? "", "upgraded");

    expect(await storedHash(account)).toBe("upgraded");
    expect((await startSession(signIn, now)).ok).toBe(true);
  });

  it("begins one with a provider all the same: that proof is as good as before", async () => {
    const account = await newAccount({ password: false, providers: ["google"] });
    const signIn = { ...(await proven(await newAccount())), userId: account.userId, passwordVersion: null };
    await setFirstPassword(await newSession(account.userId, now), NEW_PASSWORD, ORIGIN, now);

    expect((await startSession({ ...signIn, method: "google", amr: ["fed"] }, now)).ok).toBe(true);
  });
});
