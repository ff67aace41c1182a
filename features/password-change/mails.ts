import type { SignInMethods } from "@/features/account/data";
import type { MailContent } from "@/features/mail/mail-content";
import { providerName } from "@/features/sign-up/provider-name";
import { env } from "@/lib/env/env";

/** How an account came by its new password. */
export type PasswordEvent = "password_reset" | "password_changed" | "password_set";

/**
 * The mail to the owner of an account whose password is another one from now on.
 *
 * @param at - When it became so, in words.
 */
export function passwordChangedMail(event: PasswordEvent, methods: SignInMethods, at: string): MailContent {
  const { AUTH_URL } = env();
  const { subject, text } = WORDS[event];
  return {
    subject,
    greeting: "Hello,",
    paragraphs: [
      `${text(AUTH_URL.host)}, on ${at}.`,
      event === "password_reset"
        ? "Wherever somebody was signed in to it, they are signed out now."
        : "Wherever else somebody was signed in to it, they are signed out now.",
      ...otherWays(methods),
    ],
    action: { label: "It wasn't me: choose a new password", url: new URL("/forgot-password", AUTH_URL).href },
    footer: "If it was you, there is nothing to do. We send this mail whenever the password of an account changes.",
  };
}

const WORDS: Readonly<Record<PasswordEvent, { subject: string; text: (host: string) => string }>> = {
  password_reset: {
    subject: "Your password was reset",
    text: (host) => `Your account at ${host} has a new password, chosen through the link that we mailed to you`,
  },
  password_changed: {
    subject: "Your password was changed",
    text: (host) => `The password of your account at ${host} was changed by somebody who knew the one before`,
  },
  password_set: {
    subject: "Your account has a password now",
    text: (host) => `A password was added to your account at ${host}, as one more way to sign in to it`,
  },
};

/** A stranger who was in for a while may have left themselves another door: the owner is told which there are. */
function otherWays({ providers, passkeys }: SignInMethods): string[] {
  const ways = [
    ...[...new Set(providers)].map((provider) => `with ${providerName(provider)}`),
    ...(passkeys === 0 ? [] : [passkeys === 1 ? "with a passkey" : `with one of ${passkeys} passkeys`]),
  ];
  if (ways.length === 0) return [];
  const listed = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(ways);
  return [`Signing in ${listed} works as before. If you don't know all of these, remove them in your settings.`];
}
