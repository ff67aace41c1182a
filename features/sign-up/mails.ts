import type { MailContent } from "@/features/mail/mail-content";
import { validityInWords } from "@/features/mail/validity-in-words";
import { env } from "@/lib/env/env";

// Neither mail holds the name that the sign-up gave: whoever typed it may not be who reads it, and a "name" can be an
// advertisement or a lure that would then arrive under our sender.

/**
 * The mail whose link proves an address. Opening the link changes nothing; the button on its page does.
 *
 * @param options.providerName - Where signing in will go, when it is not a password.
 */
export function verificationMail(options: { token: string; providerName: string | null }): MailContent {
  const { AUTH_URL, EMAIL_TOKEN_TTL } = env();
  const link = new URL("/verify-email", AUTH_URL);
  link.searchParams.set("token", options.token);
  const { host } = AUTH_URL;
  return {
    subject: "Confirm your e-mail address",
    greeting: "Hello,",
    paragraphs: options.providerName
      ? [
          `Somebody wants to create an account at ${host} with this address, that signs in with ${options.providerName}.`,
          `Confirm this address to create an account that signs in with ${options.providerName}. Confirm only if it was you: whoever it was can then sign in with their ${options.providerName} account.`,
        ]
      : [
          `Somebody signed up at ${host} with this address.`,
          "Confirm it, and the account is ready. Confirm only if it was you: whoever it was has chosen the password.",
        ],
    action: { label: "Confirm this address", url: link.href },
    footer: `The link works once, for ${validityInWords(EMAIL_TOKEN_TTL)}. If it wasn't you, do nothing: without the confirmation there is no account.`,
  };
}

/** The mail to somebody who has an account, when that address is used to sign up again. The page never says so itself. */
export function knownAddressMail(): MailContent {
  const { AUTH_URL } = env();
  return {
    subject: "You already have an account",
    greeting: "Hello,",
    paragraphs: [
      `Somebody tried to sign up at ${AUTH_URL.host} with this address. You already have an account there, and nothing about it has changed.`,
      "If it was you, sign in instead.",
    ],
    action: { label: "Sign in", url: new URL("/sign-in", AUTH_URL).href },
    footer: "If it wasn't you, there is nothing to do: whoever it was learned nothing.",
  };
}
