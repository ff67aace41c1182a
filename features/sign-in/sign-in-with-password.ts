import type { UserId } from "@/features/account/user-id";
import { hashPassword } from "@/features/password/hash-password";
import { verifyPassword } from "@/features/password/verify-password";
import { findPendingSignUps } from "@/features/sign-up/data";
import { ok, type Result, refuse } from "@/lib/result";
import { findPasswordAccount, upgradePasswordHash } from "./data";
import type { SignInInput } from "./schema";

/** Who proved to be who. */
export interface SignedInAccount {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string | null;
  readonly image: string | null;
}

/** All but the first are told only after the right password. */
export type SignInRefusal = "invalid_credentials" | "email_not_verified" | "account_disabled";

/**
 * Checks an e-mail address and a password.
 *
 * An unknown address, one whose account has no password, and one that still waits to be proven cost the same two queries
 * and the same one hash as a known one, and a wrong password is answered alike for all of them.
 */
export async function signInWithPassword(
  input: Pick<SignInInput, "email" | "password">,
  now: Date,
): Promise<Result<SignedInAccount, SignInRefusal>> {
  const [account, pending] = await Promise.all([
    findPasswordAccount(input.email),
    findPendingSignUps(input.email, now),
  ]);
  const hash = account ? account.passwordHash : (pending[0]?.passwordHash ?? null);
  const { valid, needsUpgrade } = await verifyPassword(input.password, hash);
  if (!valid || hash === null) return refuse("invalid_credentials");
  if (!account) return refuse("email_not_verified");
  if (account.disabledAt) return refuse("account_disabled");

  if (needsUpgrade) await upgradePasswordHash(account.id, hash, await hashPassword(input.password));
  return ok({ userId: account.id, email: account.email, name: account.name, image: account.image });
}
