import type { MailWriter } from "@/features/mail/mail-reader";
import { env } from "@/lib/env/env";
import { UNDO_LIFETIME_SECONDS } from "./policy";

// No mail names the other address of the two, nor the person: what a stranger chose would arrive under our sender.

/** Asks the new address whether it is to be an account's. Opening the link changes nothing; the button on its page does. */
export function confirmationMail(token: string): MailWriter {
  const { AUTH_URL, EMAIL_TOKEN_TTL } = env();
  return ({ t, validity }) => ({
    subject: t("emailChange.confirmation.subject"),
    paragraphs: [t("emailChange.confirmation.asked", { host: AUTH_URL.host }), t("emailChange.confirmation.advice")],
    action: { label: t("emailChange.confirmation.action"), url: linkTo("/confirm-email", token) },
    footer: t("emailChange.confirmation.footer", { validity: validity(EMAIL_TOKEN_TTL) }),
  });
}

/** Tells the owner of an address that has an account that another account asked for it. The page never says so itself. */
export function takenAddressMail(): MailWriter {
  const { AUTH_URL } = env();
  return ({ t }) => ({
    subject: t("emailChange.taken.subject"),
    paragraphs: [t("emailChange.taken.asked", { host: AUTH_URL.host }), t("emailChange.taken.advice")],
    action: { label: t("emailChange.taken.action"), url: new URL("/sign-in", AUTH_URL).href },
    footer: t("emailChange.taken.footer"),
  });
}

/** Tells the present address that another one was asked for. */
export function noticeMail(): MailWriter {
  const { AUTH_URL } = env();
  return ({ t }) => ({
    subject: t("emailChange.notice.subject"),
    paragraphs: [t("emailChange.notice.asked", { host: AUTH_URL.host }), t("emailChange.notice.advice")],
    action: { label: t("emailChange.notice.action"), url: new URL("/profile", AUTH_URL).href },
    footer: t("emailChange.notice.footer"),
  });
}

/** Tells the address that was left, with the way back. */
export function changedMail(undoToken: string): MailWriter {
  const { AUTH_URL } = env();
  return ({ t, validity }) => ({
    subject: t("emailChange.changed.subject"),
    paragraphs: [t("emailChange.changed.happened", { host: AUTH_URL.host }), t("emailChange.changed.advice")],
    action: { label: t("emailChange.changed.action"), url: linkTo("/undo-email-change", undoToken) },
    footer: t("emailChange.changed.footer", { validity: validity(UNDO_LIFETIME_SECONDS) }),
  });
}

function linkTo(path: string, token: string): string {
  const link = new URL(path, env().AUTH_URL);
  link.searchParams.set("token", token);
  return link.href;
}
