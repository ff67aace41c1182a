import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { hashPassword } from "@/features/password/hash-password";
import type { RateLimited } from "@/features/rate-limit/rate-limited";
import { findPendingSignUps } from "@/features/sign-up/data";
import { ok, type Result, refuse } from "@/lib/result";
import { findPasswordAccount, upgradePasswordHash } from "./data";
import type { SignInInput } from "./schema";
import { takePasswordTry } from "./take-password-try";

/** Who proved to be who. */
export interface SignedInAccount {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string | null;
  readonly image: string | null;
  /** Which password it was: a session begins only while it still is the account's. */
  readonly passwordVersion: Date | null;
}

/** All but the first two are told only after the right password. */
export type SignInRefusal = "invalid_credentials" | RateLimited | "email_not_verified" | "account_disabled";

/** What came of checking a password, and whose it was to be: null where the address has no account. */
export interface PasswordProof {
  readonly userId: UserId | null;
  readonly proven: Result<SignedInAccount, SignInRefusal>;
}

/**
 * Checks an e-mail address and a password, and tells nobody.
 *
 * An unknown address, one whose account has no password, and one that still waits to be proven cost the same two queries
 * and the same one hash as a known one, and a wrong password is answered alike for all of them. So is the right one while there
 * have been too many wrong ones (A22).
 *
 * @param origin - From where: absent counts as an address that is not known.
 */
export async function proveByPassword(
  input: Pick<SignInInput, "email" | "password">,
  now: Date,
  origin: RequestOrigin | undefined,
): Promise<PasswordProof> {
  const taken = await takePasswordTry(input.email, origin);
  if (!taken.ok) return { userId: null, proven: taken };
  const [account, pending] = await Promise.all([
    findPasswordAccount(input.email),
    findPendingSignUps(input.email, now),
  ]);
  const hash = account ? account.passwordHash : (pending[0]?.passwordHash ?? null);
  const { valid, needsUpgrade } = await taken.value.compare(input.password, hash);
  const userId = account?.id ?? null;
  if (!valid || hash === null) return { userId, proven: refuse("invalid_credentials") };
  if (!account) return { userId, proven: refuse("email_not_verified") };
  if (account.disabledAt) return { userId, proven: refuse("account_disabled") };

  if (needsUpgrade) await upgradePasswordHash(account.id, hash, await hashPassword(input.password));
  const { id, email, name, image, passwordVersion } = account;
  return { userId, proven: ok({ userId: id, email, name, image, passwordVersion }) };
}
