import type { DatedMailContent } from "@/features/mail/mail-to-account";
import { env } from "@/lib/env/env";

// Neither mail names the passkey: whoever added it chose the name, and it may not be who reads this.

/** What the owner of an account reads after a passkey was added to it. */
export function passkeyAddedMail(now: Date): DatedMailContent {
  const { host } = env().AUTH_URL;
  return (inWords) => ({
    subject: "A passkey was added to your account",
    greeting: "Hello,",
    paragraphs: [
      `On ${inWords(now)} a passkey was added to your account at ${host}. Whoever holds it can sign in without your password.`,
      "If it was you, there is nothing to do. If it wasn't, remove it now, and change your password.",
    ],
    action: securityPage(),
    footer: "We send this mail whenever a way into your account is added or removed.",
  });
}

/** What they read after one was removed. */
export function passkeyRemovedMail(now: Date): DatedMailContent {
  const { host } = env().AUTH_URL;
  return (inWords) => ({
    subject: "A passkey was removed from your account",
    greeting: "Hello,",
    paragraphs: [
      `On ${inWords(now)} a passkey was removed from your account at ${host}. It opens the account no longer.`,
      "If it was you, there is nothing to do here. Your device may still offer the passkey: delete it there too. If it wasn't you, somebody else is signed in to your account: end all other sessions, and change your password.",
    ],
    action: securityPage(),
    footer: "We send this mail whenever a way into your account is added or removed.",
  });
}

const securityPage = () => ({
  label: "See your passkeys",
  url: new URL("/settings/security", env().AUTH_URL).href,
});
