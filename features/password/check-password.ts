import { ok, type Result, refuse } from "@/lib/result";
import { lengthBeyondContext, type PasswordContext } from "./context-words";
import { isCommonPassword } from "./is-common-password";
import { passwordLength } from "./normalize-password";
import {
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  PASSWORD_MIN_LENGTH_BEYOND_CONTEXT,
  PASSWORD_MIN_LENGTH_WITH_SECOND_FACTOR,
} from "./policy";

/** Why a new password is not taken; `sentences.ts` says it in words. */
export type PasswordRefusal = "too_short" | "too_long" | "too_common" | "too_guessable_from_context";

/** UTF-16 units in the longest password at its most decomposed: nothing longer needs to be normalised to be refused. */
const MAX_UTF16_UNITS = PASSWORD_MAX_LENGTH * 2 * 4;

/**
 * Judges a password that is about to be set. Any characters will do, in any mixture: there are no composition rules.
 *
 * Pure and quick (under a millisecond after the first call), and free of Node's modules, so a browser may ask as well.
 * Not for sign-in, where an older and weaker password must still be let in.
 *
 * @param password - As typed, untrimmed.
 * @param options - `hasSecondFactor`: the account also asks for a second factor, so that 8 characters are enough.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver NIST SP 800-63B-4 section 3.1.1.2
 */
export function checkPassword(
  password: string,
  context: PasswordContext,
  { hasSecondFactor = false }: { hasSecondFactor?: boolean } = {},
): Result<null, PasswordRefusal> {
  const minLength = hasSecondFactor ? PASSWORD_MIN_LENGTH_WITH_SECOND_FACTOR : PASSWORD_MIN_LENGTH;
  if (password.length > MAX_UTF16_UNITS) return refuse("too_long");
  const length = passwordLength(password);
  if (length < minLength) return refuse("too_short");
  if (length > PASSWORD_MAX_LENGTH) return refuse("too_long");
  if (isCommonPassword(password, minLength)) return refuse("too_common");

  const beyondContext = lengthBeyondContext(password, context);
  if (beyondContext !== null && beyondContext < PASSWORD_MIN_LENGTH_BEYOND_CONTEXT) {
    return refuse("too_guessable_from_context");
  }
  return ok(null);
}
