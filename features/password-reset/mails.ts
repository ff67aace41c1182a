import type { SignInMethods } from "@/features/account/data";
import type { MailWriter } from "@/features/mail/mail-reader";
import { providerName } from "@/features/sign-up/provider-name";
import { env } from "@/lib/env/env";

/** The mail whose link leads to the page where a new password is chosen. Opening the link changes nothing. */
export function resetMail(token: string): MailWriter {
  const { AUTH_URL, RESET_TOKEN_TTL } = env();
  const link = new URL("/reset-password", AUTH_URL);
  link.searchParams.set("token", token);
  return ({ t, validity }) => ({
    subject: t("passwordReset.link.subject"),
    paragraphs: [t("passwordReset.link.asked", { host: AUTH_URL.host }), t("passwordReset.link.advice")],
    action: { label: t("passwordReset.link.action"), url: link.href },
    footer: t("passwordReset.link.footer", { validity: validity(RESET_TOKEN_TTL) }),
  });
}

/**
 * The mail to somebody whose account has no password. It holds no link that sets one: a mailbox is not how this account
 * signs in, and must not become it without its owner having signed in.
 */
export function noPasswordMail({ providers, passkeys }: SignInMethods): MailWriter {
  const { AUTH_URL } = env();
  const { host } = AUTH_URL;
  return ({ t, oneOf }) => {
    const passkey = passkeys > 0 ? [t("passwordReset.noPassword.passkey")] : [];
    const ways = [...new Set(providers.map(providerName)), ...passkey];
    return {
      subject: t("passwordReset.noPassword.subject"),
      paragraphs: [
        ways.length === 0
          ? t("passwordReset.noPassword.asked", { host })
          : t("passwordReset.noPassword.askedKnowingWays", { host, ways: oneOf(ways) }),
        t("passwordReset.noPassword.advice"),
      ],
      action: { label: t("passwordReset.noPassword.action"), url: new URL("/sign-in", AUTH_URL).href },
      footer: t("passwordReset.noPassword.footer"),
    };
  };
}
