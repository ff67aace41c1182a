import type { MailWriter } from "@/features/mail/mail-reader";
import { env } from "@/lib/env/env";

// Neither mail holds the name that the sign-up gave: whoever typed it may not be who reads it, and a "name" can be an
// advertisement or a lure that would then arrive under our sender.

/**
 * The mail whose link proves an address. Opening the link changes nothing; the button on its page does.
 *
 * @param options.providerName - Where signing in will go, when it is not a password.
 */
export function verificationMail(options: { token: string; providerName: string | null }): MailWriter {
  const { AUTH_URL, EMAIL_TOKEN_TTL } = env();
  const link = new URL("/verify-email", AUTH_URL);
  link.searchParams.set("token", options.token);
  const { host } = AUTH_URL;
  const { providerName: provider } = options;
  return ({ t, validity }) => ({
    subject: t("signUp.verification.subject"),
    paragraphs: provider
      ? [
          t("signUp.verification.askedThroughProvider", { host, provider }),
          t("signUp.verification.confirmThroughProvider", { provider }),
        ]
      : [t("signUp.verification.asked", { host }), t("signUp.verification.confirm")],
    action: { label: t("signUp.verification.action"), url: link.href },
    footer: t("signUp.verification.footer", { validity: validity(EMAIL_TOKEN_TTL) }),
  });
}

/** The mail to somebody who has an account, when that address is used to sign up again. The page never says so itself. */
export function knownAddressMail(): MailWriter {
  const { AUTH_URL } = env();
  return ({ t }) => ({
    subject: t("signUp.knownAddress.subject"),
    paragraphs: [t("signUp.knownAddress.asked", { host: AUTH_URL.host }), t("signUp.knownAddress.signIn")],
    action: { label: t("signUp.knownAddress.action"), url: new URL("/sign-in", AUTH_URL).href },
    footer: t("signUp.knownAddress.footer"),
  });
}
