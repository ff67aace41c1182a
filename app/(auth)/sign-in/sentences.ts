import { isRateLimited, type RateLimited } from "@/features/rate-limit/rate-limited";
import { limitSentence } from "@/features/rate-limit/sentences";

/** Why a sign-in was refused, as `CredentialsSignin` carries it in its `code`. */
export type SignInRefusal = RateLimited | NamedRefusal;

type NamedRefusal =
  | "invalid_credentials"
  | "email_not_verified"
  | "account_disabled"
  | "invalid_input"
  | "temporarily_unavailable";

/** Each refusal in words. An unknown address and a wrong password read the same, so that nobody can probe for accounts. */
export const SIGN_IN_SENTENCES: Readonly<Record<NamedRefusal, string>> = {
  invalid_credentials: "This e-mail address and password don't go together. Check both and try again.",
  email_not_verified:
    "Your e-mail address isn't confirmed yet. Open the link that we sent you, or ask for a new one below.",
  account_disabled:
    "This account has been disabled. Write to the people who run this site if you think that is a mistake.",
  invalid_input: "Enter your e-mail address and your password.",
  temporarily_unavailable: "Signing in doesn't work just now, and it isn't your fault. Try again in a moment.",
};

/** Says why, in a sentence. At a limit the owner is told what works all the same: a new password is a new beginning. */
export function signInSentence(refusal: SignInRefusal): string {
  if (!isRateLimited(refusal)) return SIGN_IN_SENTENCES[refusal];
  return limitSentence(refusal, "Or choose a new password with the link below, which works at once.");
}

/** Narrows a code from outside (a query, an error) to one that we have a sentence for. */
export function isSignInRefusal(code: unknown): code is SignInRefusal {
  return isRateLimited(code) || (typeof code === "string" && Object.hasOwn(SIGN_IN_SENTENCES, code));
}
