import { describe, expect, it } from "vitest";

import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { insertKnownDevice } from "@/features/known-device/data";
import { clientNetwork } from "@/features/rate-limit/client-network";
import { BUDGETS } from "@/features/rate-limit/policy";
import { takeTries } from "@/features/rate-limit/take-tries";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { forgetWrongPasswords } from "@/features/sign-in/take-password-try";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { type Database, inTransaction } from "@/lib/db";
import { GOOD_PASSWORD, newAddress, storeAccount } from "../../support/accounts";
import { useDatabase } from "../../support/database";

process.env["PASSWORD_HASH"] = "argon2id";
process.env["RATE_LIMIT_SCALE"] = "1";
const database = useDatabase();
const now = new Date("2026-02-03T10:00:00.000Z");
const TRIES = BUDGETS.password_account.tries;
const SOME_SECONDS = 900;
const LEFT = 5;
const AT_ONCE = 6;

let lastHost = 0;
/** Somebody at an address of their own. */
const stranger = (): RequestOrigin => ({ ip: `10.0.${++lastHost >> 8}.${lastHost & 255}`, userAgent: null });

async function newAccount(): Promise<{ email: EmailAddress; userId: UserId }> {
  const account = { email: newAddress(), password: GOOD_PASSWORD, name: "Owner" };
  const userId = (await storeAccount(database, account)) as UserId;
  return { email: EmailAddressSchema.parse(account.email), userId };
}

/** A browser in which the account was signed in to before. */
async function knownBrowser(userId: UserId): Promise<RequestOrigin> {
  const presentedDevice = randomToken();
  const device = { userId, tokenHash: hashToken(presentedDevice), method: "password", remember: true };
  await inTransaction((transaction: Database) => insertKnownDevice(transaction, device, now));
  return { ip: "192.0.2.200", userAgent: null, presentedDevice };
}

const tryIn = async (email: EmailAddress, password: string, origin: RequestOrigin) => {
  const answer = await signInWithPassword({ email, password }, now, origin);
  return answer.ok ? "in" : answer.refusal.replace(/:\d+$/, "");
};

/** What came of so many, some at once, each from another address. */
async function guess(email: EmailAddress, count: number, from: () => RequestOrigin = stranger): Promise<string[]> {
  const answers: string[] = [];
  while (answers.length < count) {
    const length = Math.min(AT_ONCE, count - answers.length);
    answers.push(...(await Promise.all(Array.from({ length }, () => tryIn(email, "a wrong guess", from())))));
  }
  return answers;
}

/** A budget that refused is not asked again for a second. */
const pastMemory = () => new Promise((resolve) => setTimeout(resolve, 1_050));

/** Leaves a network so many tries. */
async function useUp(ip: string | null, left: number): Promise<void> {
  const draws = { password_network: clientNetwork(ip) };
  for (let tries = BUDGETS.password_network.tries; tries > left; tries -= 5) {
    await Promise.all(Array.from({ length: 5 }, () => takeTries(draws)));
  }
}

const checked = (answers: readonly string[]) => answers.filter((answer) => answer === "invalid_credentials").length;

describe("takePasswordTry", () => {
  it("A24, A25: lets ten of many guesses reach the comparison, from however many addresses", async () => {
    const { email, userId } = await newAccount();
    const answers = await guess(email, 30);

    expect(checked(answers)).toBe(TRIES);
    expect(answers.filter((answer) => answer === "rate_limited")).toHaveLength(30 - TRIES);
    const [{ rows } = { rows: -1 }] = await database.query<{ rows: number }>(
      "SELECT count(*)::int AS rows FROM audit_events WHERE kind = 'sign_in_failed' AND user_id = $1",
      [userId],
    );
    expect(rows).toBe(TRIES);
  });

  it("A22: answers the right password as a wrong one then, and an address that nobody has as one that somebody has", async () => {
    const { email } = await newAccount();
    const nobody = EmailAddressSchema.parse(newAddress());
    for (const address of [email, nobody]) expect(checked(await guess(address, TRIES + 1))).toBe(TRIES);
    // Half a window later, so that the seconds don't change between the four.
    await database.query("UPDATE rate_limits SET expire = $1", [Date.now() + (SOME_SECONDS + 2) * 1000]);
    await pastMemory();
    const answers = [];
    for (const address of [email, nobody]) {
      for (const password of [GOOD_PASSWORD, "a wrong guess"]) {
        answers.push(await signInWithPassword({ email: address, password }, now, stranger()));
      }
    }
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, refusal: expect.stringMatching(/^rate_limited:90[0-2]$/) });
  });

  it("A23: keeps the owner's browser out of it, and clears nothing but that browser's own count", async () => {
    const { email, userId } = await newAccount();
    const home = await knownBrowser(userId);
    await guess(email, TRIES + 1);

    for (let error = 1; error < TRIES; error++)
      expect(await tryIn(email, "a typing error", home)).toBe("invalid_credentials");
    expect(await tryIn(email, GOOD_PASSWORD, home)).toBe("in");
    for (let error = 0; error < TRIES; error++)
      expect(await tryIn(email, "a typing error", home)).toBe("invalid_credentials");
    expect(await tryIn(email, GOOD_PASSWORD, home)).toBe("rate_limited");
    expect(await tryIn(email, "a wrong guess", stranger())).toBe("rate_limited");
  });

  it("A23: takes no browser for known that the account doesn't know: made up, or another account's", async () => {
    const { email } = await newAccount();
    const other = await newAccount();
    const theirs = await knownBrowser(other.userId);
    const fabricated = () => ({ ...stranger(), presentedDevice: randomToken() });

    expect(checked(await guess(email, TRIES + 5, fabricated))).toBe(TRIES);
    expect(checked(await guess(email, 5, () => theirs))).toBe(0);
    expect(await tryIn(other.email, GOOD_PASSWORD, theirs)).toBe("in");
  });

  it("A24: counts what one network tries at many accounts, whose signing in to one of their own resets nothing", async () => {
    const own = await newAccount();
    const network = { ip: "2001:db8:7::1", userAgent: null };
    await useUp(network.ip, LEFT);
    const reached = [];
    for (let round = 0; round < LEFT + 2; round++) {
      const sameNetwork = { ...network, ip: `2001:db8:7::${round.toString(16)}` };
      if (round === LEFT - 1) expect(await tryIn(own.email, GOOD_PASSWORD, network)).toBe("in");
      reached.push(await tryIn(EmailAddressSchema.parse(newAddress()), "a wrong guess", sameNetwork));
    }
    expect(checked(reached)).toBe(LEFT);
    expect(await tryIn(own.email, GOOD_PASSWORD, network)).toBe("rate_limited");
    expect(await tryIn(own.email, GOOD_PASSWORD, stranger())).toBe("in");
  });

  it("A26: limits all whose address is not known as one client", async () => {
    const unknown = { ip: null, userAgent: null };
    await useUp(null, LEFT);
    const answers = [];
    for (let round = 0; round < LEFT + 1; round++) {
      answers.push(await tryIn(EmailAddressSchema.parse(newAddress()), "a wrong guess", unknown));
    }
    expect(answers.at(-2)).toBe("invalid_credentials");
    expect(answers.at(-1)).toBe("rate_limited");
  });

  it("begins anew with a new password", async () => {
    const { email } = await newAccount();
    await guess(email, TRIES + 1);
    expect(await tryIn(email, GOOD_PASSWORD, stranger())).toBe("rate_limited");
    await forgetWrongPasswords(email);
    expect(await tryIn(email, GOOD_PASSWORD, stranger())).toBe("in");
  });
});
