/** Why a sign-in was refused, as `CredentialsSignin` carries it in its `code`. */
export type SignInRefusal =
  | "invalid_credentials"
  | "email_not_verified"
  | "account_disabled"
  | "invalid_input"
  | "temporarily_unavailable";

/** Each refusal in words. An unknown address and a wrong password read the same, so that nobody can probe for accounts. */
export const SIGN_IN_SENTENCES: Readonly<Record<SignInRefusal, string>> = {
  invalid_credentials: "This e-mail address and password don't go together. Check both and try again.",
  email_not_verified:
    "Your e-mail address isn't confirmed yet. Open the link that we sent you, or ask for a new one below.",
  account_disabled:
    "This account has been disabled. Write to the people who run this site if you think that is a mistake.",
  invalid_input: "Enter your e-mail address and your password.",
  temporarily_unavailable: "Signing in doesn't work just now, and it isn't your fault. Try again in a moment.",
};

/** Narrows a code from outside (a query, an error) to one that we have a sentence for. */
export function isSignInRefusal(code: unknown): code is SignInRefusal {
  return typeof code === "string" && Object.hasOwn(SIGN_IN_SENTENCES, code);
}
