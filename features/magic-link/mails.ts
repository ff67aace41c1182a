import type { MailContent } from "@/features/mail/mail-content";
import { validityInWords } from "@/features/mail/validity-in-words";
import { env } from "@/lib/env/env";
import { MAGIC_LINK_LIFETIME_SECONDS } from "./policy";

/** The mail that signs in. Opening its link changes nothing; the button on its page does. */
export function magicLinkMail({ token, code }: { token: string; code: string }): MailContent {
  const { AUTH_URL } = env();
  const link = new URL("/magic-link", AUTH_URL);
  link.searchParams.set("token", token);
  return {
    subject: "Your link to sign in",
    greeting: "Hello,",
    paragraphs: [
      `Somebody asked to sign in to your account at ${AUTH_URL.host}. If it was you, open the link in the browser where you asked, or type the code there.`,
    ],
    action: { label: "Sign in", url: link.href },
    code: { label: "The code, for the page where you asked:", value: code },
    footer: `Both work once, for ${validityInWords(MAGIC_LINK_LIFETIME_SECONDS)}, and only in the browser where you asked. If it was not you, do nothing, and tell nobody the code: nobody from here will ever ask for it.`,
  };
}
