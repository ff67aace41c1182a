import type { Words } from "@/lib/i18n/messages";

/** What went wrong between here and a provider, and the way out. */
interface Explanation {
  text: keyof Words<"auth.authError.explanations">;
  wayOut: WayOut;
}

interface WayOut {
  label: keyof Words<"auth.authError.waysOut">;
  href: string;
}

const BACK_TO_SIGN_IN: WayOut = { label: "backToSignIn", href: "/sign-in" };
const TRY_AGAIN: WayOut = { label: "tryAgain", href: "/sign-in" };

/** For every code that nobody foresaw: its value is never shown, since anyone can write it into a link. */
const FALLBACK: Explanation = { text: "fallback", wayOut: BACK_TO_SIGN_IN };

const INTERRUPTED: Explanation = { text: "interrupted", wayOut: TRY_AGAIN };

/** Never says which way an existing account signs in: whoever reads this may not be its owner. */
const NOT_LINKED: Explanation = { text: "notLinked", wayOut: BACK_TO_SIGN_IN };

const CONFIGURATION: Explanation = { text: "configuration", wayOut: BACK_TO_SIGN_IN };

/**
 * Auth.js's codes and our own, with what is said of them.
 *
 * @see https://authjs.dev/reference/core/errors
 */
const EXPLANATIONS = {
  Configuration: CONFIGURATION,
  InvalidProvider: CONFIGURATION,
  AccessDenied: { text: "accessDenied", wayOut: BACK_TO_SIGN_IN },
  AccountDisabled: { text: "accountDisabled", wayOut: BACK_TO_SIGN_IN },
  Verification: { text: "deadLink", wayOut: { label: "newLink", href: "/verify-email" } },
  OAuthAccountNotLinked: NOT_LINKED,
  AccountNotLinked: NOT_LINKED,
  EmailNotVerifiedAtProvider: { text: "unconfirmedAddress", wayOut: { label: "noMail", href: "/verify-email" } },
  EmailMissing: { text: "emailMissing", wayOut: { label: "signUp", href: "/sign-up" } },
  ProviderRefused: { text: "cancelled", wayOut: TRY_AGAIN },
  OAuthCallbackError: { text: "refusedThere", wayOut: TRY_AGAIN },
  OAuthSignInError: { text: "unreachable", wayOut: TRY_AGAIN },
  ProviderUnavailable: { text: "unavailable", wayOut: TRY_AGAIN },
  ProviderAnswerRefused: { text: "untrusted", wayOut: TRY_AGAIN },
  OAuthProfileParseError: INTERRUPTED,
  CallbackRouteError: INTERRUPTED,
  InvalidCheck: INTERRUPTED,
  MissingCSRF: INTERRUPTED,
} as const satisfies Record<string, Explanation>;

export type AuthErrorCode = keyof typeof EXPLANATIONS;

/** Narrows a code from a query to one that has an explanation. */
export function isAuthErrorCode(code: unknown): code is AuthErrorCode {
  return typeof code === "string" && Object.hasOwn(EXPLANATIONS, code);
}

/** The explanation of a code; of any other value, the one that fits everything. */
export function explain(code: unknown): Explanation {
  return isAuthErrorCode(code) ? EXPLANATIONS[code] : FALLBACK;
}
