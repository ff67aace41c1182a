import type { SignInMethods } from "@/features/account/data";
import type { MailContent } from "@/features/mail/mail-content";
import { validityInWords } from "@/features/mail/validity-in-words";
import { providerName } from "@/features/sign-up/provider-name";
import { env } from "@/lib/env/env";

/** The mail whose link leads to the page where a new password is chosen. Opening the link changes nothing. */
export function resetMail(token: string): MailContent {
  const { AUTH_URL, RESET_TOKEN_TTL } = env();
  const link = new URL("/reset-password", AUTH_URL);
  link.searchParams.set("token", token);
  return {
    subject: "Choose a new password",
    greeting: "Hello,",
    paragraphs: [
      `Somebody asked for a new password for your account at ${AUTH_URL.host}.`,
      "If it was you, choose it now. You will be signed out everywhere, and then sign in with the new password.",
    ],
    action: { label: "Choose a new password", url: link.href },
    footer: `The link works once, for ${validityInWords(RESET_TOKEN_TTL)}, and only until a newer one is sent. If it wasn't you, do nothing: your password stays as it is.`,
  };
}

/**
 * The mail to somebody whose account has no password. It holds no link that sets one: a mailbox is not how this account
 * signs in, and must not become it without its owner having signed in.
 */
export function noPasswordMail({ providers, passkeys }: SignInMethods): MailContent {
  const { AUTH_URL } = env();
  const ways = [...new Set(providers.map(providerName)), ...(passkeys > 0 ? ["a passkey"] : [])];
  const listed = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(ways);
  return {
    subject: "Your account has no password",
    greeting: "Hello,",
    paragraphs: [
      `Somebody asked for a new password for your account at ${AUTH_URL.host}. It has none.${listed && ` You sign in with ${listed}.`}`,
      "Once you are signed in, you can add a password under Settings, Security.",
    ],
    action: { label: "Sign in", url: new URL("/sign-in", AUTH_URL).href },
    footer: "If it wasn't you, there is nothing to do: nothing about your account has changed.",
  };
}
