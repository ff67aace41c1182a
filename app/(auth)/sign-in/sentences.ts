import { getTranslations } from "@/app/_request/translations";
import { isRateLimited, type RateLimited } from "@/features/rate-limit/rate-limited";
import { limitSentence } from "@/features/rate-limit/sentences";

const NAMED_REFUSALS = [
  "invalid_credentials",
  "email_not_verified",
  "account_disabled",
  "invalid_input",
  "temporarily_unavailable",
] as const;

/** Why a sign-in was refused, as `CredentialsSignin` carries it in its `code`. */
export type SignInRefusal = RateLimited | (typeof NAMED_REFUSALS)[number];

/**
 * Says why, in a sentence. An unknown address and a wrong password read the same, so that nobody can probe for accounts. At a
 * limit the owner is told what works all the same: a new password is a new beginning.
 */
export async function signInSentence(refusal: SignInRefusal): Promise<string> {
  const t = await getTranslations("auth");
  if (!isRateLimited(refusal)) return t(`signIn.refusals.${refusal}`);
  return limitSentence(await getTranslations("rules"), refusal, t("signIn.orNewPassword"));
}

/** Narrows a code from outside (a query, an error) to one that we have a sentence for. */
export function isSignInRefusal(code: unknown): code is SignInRefusal {
  return isRateLimited(code) || NAMED_REFUSALS.some((refusal) => refusal === code);
}
