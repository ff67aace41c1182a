/** What went wrong between here and a provider, and the way out. */
interface Explanation {
  title: string;
  text: string;
  wayOut: { label: string; href: string };
}

const BACK_TO_SIGN_IN = { label: "Back to sign in", href: "/sign-in" };
const TRY_AGAIN = { label: "Try again", href: "/sign-in" };

/** For every code that nobody foresaw: its value is never shown, since anyone can write it into a link. */
const FALLBACK: Explanation = {
  title: "That didn't work",
  text: "Something went wrong while signing you in. Nothing was changed. Try again, and if it keeps happening, sign in another way.",
  wayOut: BACK_TO_SIGN_IN,
};

const INTERRUPTED: Explanation = {
  title: "The sign-in was interrupted",
  text: "The answer of your provider didn't match what we asked for. That happens when a sign-in takes very long, ends in another browser than it began in, or the browser blocks cookies. Nothing was changed.",
  wayOut: TRY_AGAIN,
};

/** Never says which way an existing account signs in: whoever reads this may not be its owner. */
const NOT_LINKED: Explanation = {
  title: "You already have an account",
  text: "There is an account with this e-mail address. Sign in the way you did before. To keep it safe, we never join a new way of signing in to an account without its owner being signed in.",
  wayOut: BACK_TO_SIGN_IN,
};

const CONFIGURATION: Explanation = {
  title: "Signing in isn't set up correctly",
  text: "This is a fault of this site, not yours. Try another way of signing in, or come back later.",
  wayOut: BACK_TO_SIGN_IN,
};

/**
 * Auth.js's codes and our own, in words.
 *
 * @see https://authjs.dev/reference/core/errors
 */
const EXPLANATIONS = {
  Configuration: CONFIGURATION,
  InvalidProvider: CONFIGURATION,
  AccessDenied: {
    title: "You can't come in this way",
    text: "This account isn't allowed to sign in here. If you think that is a mistake, write to the people who run this site.",
    wayOut: BACK_TO_SIGN_IN,
  },
  AccountDisabled: {
    title: "This account is disabled",
    text: "Nobody can sign in to it at present. Write to the people who run this site if you think that is a mistake.",
    wayOut: BACK_TO_SIGN_IN,
  },
  Verification: {
    title: "This link doesn't work any more",
    text: "It was used already or has expired. Ask for a new one.",
    wayOut: { label: "Send a new link", href: "/verify-email" },
  },
  OAuthAccountNotLinked: NOT_LINKED,
  AccountNotLinked: NOT_LINKED,
  EmailNotVerifiedAtProvider: {
    title: "One more step: confirm your address",
    text: "Your provider has not confirmed that the e-mail address is yours. So we have sent a mail to that address: follow its link, and the account is ready.",
    wayOut: { label: "I haven't got a mail", href: "/verify-email" },
  },
  EmailMissing: {
    title: "We need an e-mail address",
    text: "Your provider didn't share an e-mail address with us, and an account here needs one. Allow it at the provider and try again, or create an account with a password.",
    wayOut: { label: "Create account", href: "/sign-up" },
  },
  ProviderRefused: {
    title: "You were not signed in",
    text: "The sign-in was cancelled at your provider. Nothing happened, and nothing was shared with us.",
    wayOut: TRY_AGAIN,
  },
  OAuthCallbackError: {
    title: "You were not signed in",
    text: "Your provider didn't let you through: the sign-in was cancelled there, or something went wrong on its side. Nothing happened here.",
    wayOut: TRY_AGAIN,
  },
  OAuthSignInError: {
    title: "Your provider can't be reached",
    text: "We couldn't start the sign-in with it. Try again in a moment, or sign in another way.",
    wayOut: TRY_AGAIN,
  },
  ProviderUnavailable: {
    title: "Your provider can't be reached",
    text: "It didn't answer, or not in a way that we understand. Nothing was changed. Try again in a moment, or sign in another way.",
    wayOut: TRY_AGAIN,
  },
  ProviderAnswerRefused: {
    title: "We couldn't trust your provider's answer",
    text: "What it told us about you didn't pass our checks, so nobody was signed in and nothing was changed. Try again, and if it keeps happening, sign in another way.",
    wayOut: TRY_AGAIN,
  },
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
