import { recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import type { Result } from "@/lib/result";
import { proveByPassword, type SignedInAccount, type SignInRefusal } from "./prove-by-password";
import type { SignInInput } from "./schema";

/**
 * Checks an e-mail address and a password for somebody who wants in, and writes down who was refused.
 *
 * A refusal costs one row, whether the address has an account or not: the row of one that has none names nobody, and no row
 * repeats what was typed. Who got in is written down once the session begins.
 */
export async function signInWithPassword(
  input: Pick<SignInInput, "email" | "password">,
  now: Date,
  origin?: RequestOrigin,
): Promise<Result<SignedInAccount, SignInRefusal>> {
  const { userId, proven } = await proveByPassword(input, now, origin);
  // What is not even looked at is written down once, when the limit is hit.
  if (proven.ok || isRateLimited(proven.refusal)) return proven;
  const details = { method: "password", reason: proven.refusal };
  await recordAuditEvent({ kind: "sign_in_failed", userId, details, ...(origin && { origin }) });
  return proven;
}
