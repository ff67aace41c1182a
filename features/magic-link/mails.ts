import type { MailWriter } from "@/features/mail/mail-reader";
import { env } from "@/lib/env/env";
import { MAGIC_LINK_LIFETIME_SECONDS } from "./policy";

/** The mail that signs in. Opening its link changes nothing; the button on its page does. */
export function magicLinkMail({ token, code }: { token: string; code: string }): MailWriter {
  const { AUTH_URL } = env();
  const link = new URL("/magic-link", AUTH_URL);
  link.searchParams.set("token", token);
  return ({ t, validity }) => ({
    subject: t("magicLink.subject"),
    paragraphs: [t("magicLink.asked", { host: AUTH_URL.host })],
    action: { label: t("magicLink.action"), url: link.href },
    code: { label: t("magicLink.code"), value: code },
    footer: t("magicLink.footer", { validity: validity(MAGIC_LINK_LIFETIME_SECONDS) }),
  });
}
