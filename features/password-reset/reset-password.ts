import type * as z from "zod";

import type { RequestOrigin } from "@/features/audit/request-origin";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { checkPassword, type PasswordRefusal } from "@/features/password/check-password";
import { hashPassword } from "@/features/password/hash-password";
import { lockAccount } from "@/features/password-change/data";
import { replacePassword } from "@/features/password-change/replace-password";
import { limitRequest } from "@/features/rate-limit/limit-request";
import type { RateLimited } from "@/features/rate-limit/rate-limited";
import { revocationFeed } from "@/features/session/revocation-feed";
import { forgetWrongPasswords } from "@/features/sign-in/take-password-try";
import { hashToken, TOKEN_PATTERN } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { findAccountByToken, spendResetToken } from "./data";
import type { ResetPasswordSchema } from "./schema";

/**
 * Whose password a mailed token may reset, for the page that asks for the new one. Nothing is spent.
 *
 * @param token - As received from the client, unverified.
 * @returns null for a token that is malformed, unknown, expired or spent.
 */
export async function findResetAccount(
  token: unknown,
  now: Date,
): Promise<{ email: string; name: string | null } | null> {
  const tokenHash = parseToken(token);
  return tokenHash && (await findAccountByToken(tokenHash, now));
}

/**
 * Resets a password with the token that was mailed. Nobody is signed in by it, and no second factor is passed: whoever chose
 * the password signs in with it, like anybody else.
 *
 * A password that the rules refuse leaves the token as it is. Everything that the old password opened is closed: see
 * `replacePassword`.
 *
 * @returns Nothing; or `invalid_token` alike for a token that is malformed, unknown, expired, spent or for something else,
 *   and for one whose account was disabled; or why the password is not taken.
 */
export async function resetPassword(
  input: z.output<typeof ResetPasswordSchema>,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<null, "invalid_token" | RateLimited | PasswordRefusal>> {
  const taken = await limitRequest("reset", origin);
  if (!taken.ok) return taken;
  const tokenHash = parseToken(input.token);
  const account = tokenHash && (await findAccountByToken(tokenHash, now));
  if (!account) return refuse("invalid_token");
  const checked = checkPassword(input.password, account);
  if (!checked.ok) return checked;

  // By far the longest part: before the transaction, which must not wait for it.
  const hash = await hashPassword(input.password);
  const ended = await inTransaction(async (database) => {
    const held = await lockAccount(database, account.userId);
    if (!held || !(await spendResetToken(database, held.userId, tokenHash, now))) return null;
    return await replacePassword(database, held, { event: "password_reset", hash, origin }, now);
  });
  if (!ended) return refuse("invalid_token");
  revocationFeed().noteEnded(ended, "password_changed");
  wakeMailWorker();
  await forgetWrongPasswords(account.email);
  return ok(null);
}

function parseToken(token: unknown): Uint8Array<ArrayBuffer> | null {
  return typeof token === "string" && TOKEN_PATTERN.test(token) ? hashToken(token) : null;
}
