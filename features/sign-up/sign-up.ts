import type * as z from "zod";
import { MAIL_ANSWER_MS } from "@/features/mail/policy";
import { checkPassword, type PasswordRefusal } from "@/features/password/check-password";
import { hashPassword } from "@/features/password/hash-password";
import type { Language } from "@/lib/i18n/languages";
import { noSoonerThan } from "@/lib/no-sooner-than";
import { ok, type Result } from "@/lib/result";
import { requestSignUp } from "./request-sign-up";
import type { SignUpSchema } from "./schema";

/**
 * Signs up with e-mail and password: the account comes into being once the mailed link is confirmed.
 *
 * @param askedIn - The language of the request.
 * @returns Nothing, for a known address as for a new one; or why the password is not taken, which depends on what was
 *   typed alone.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver for the password
 */
export async function signUp(
  input: z.output<typeof SignUpSchema>,
  now: Date,
  askedIn?: Language,
): Promise<Result<null, PasswordRefusal>> {
  const { email, password, name = null } = input;
  const checked = checkPassword(password, { email, name });
  if (!checked.ok) return checked;

  // By far the longest part, so it comes before anything is looked up, and is done whatever the look-up will say.
  const passwordHash = await hashPassword(password);
  const request = requestSignUp({ email, name, image: null, passwordHash, identity: null }, now, askedIn);
  await noSoonerThan(MAIL_ANSWER_MS, request);
  return ok(null);
}
