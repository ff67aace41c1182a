import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { hashToken, TOKEN_PATTERN } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { deleteSignUps, findSignUpByToken, insertUser, lockAddress, spendToken } from "./data";

/**
 * Proves an address with the token that was mailed to it, and makes the account that this sign-up asked for.
 *
 * Every other sign-up for the address ends here: whoever began one earlier, in the hope that the owner would one day
 * confirm, has neither a password nor a provider on the account (pre-hijacking).
 *
 * @param token - As received from the client, unverified.
 * @returns The new account; or `invalid_token` alike for a token that is malformed, unknown, expired or spent, or whose
 *   address or provider's identity got an account in the meantime.
 * @see https://www.usenix.org/conference/usenixsecurity22/presentation/sudhodanan Pre-hijacked accounts
 */
export async function verifyEmail(
  token: string,
  now: Date,
  origin?: RequestOrigin,
): Promise<Result<{ userId: UserId }, "invalid_token">> {
  if (!TOKEN_PATTERN.test(token)) return refuse("invalid_token");
  const tokenHash = hashToken(token);

  return await inTransaction(async (transaction) => {
    const signUp = await findSignUpByToken(transaction, tokenHash);
    if (!signUp) return refuse("invalid_token");

    await lockAddress(transaction, signUp.email);
    if (!(await spendToken(transaction, tokenHash, now))) return refuse("invalid_token");
    const userId = await insertUser(transaction, signUp, now);
    await deleteSignUps(transaction, signUp.email);
    if (userId === null) return refuse("invalid_token");
    const details = { method: signUp.identity?.provider ?? "password" };
    await appendAuditEvent(transaction, { kind: "signed_up", userId, details, ...(origin && { origin }) });
    return ok({ userId });
  });
}
