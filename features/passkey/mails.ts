import type { MailWriter } from "@/features/mail/mail-reader";
import { env } from "@/lib/env/env";

// Neither mail names the passkey: whoever added it chose the name, and it may not be who reads this.

/** What the owner of an account reads after a passkey was added to it. */
export function passkeyAddedMail(now: Date): MailWriter {
  return mail("added", now);
}

/** What they read after one was removed. */
export function passkeyRemovedMail(now: Date): MailWriter {
  return mail("removed", now);
}

function mail(event: "added" | "removed", now: Date): MailWriter {
  const { AUTH_URL } = env();
  return ({ t, moment }) => ({
    subject: t(`passkey.${event}.subject`),
    paragraphs: [
      t(`passkey.${event}.happened`, { host: AUTH_URL.host, time: moment(now) }),
      t(`passkey.${event}.advice`),
    ],
    action: { label: t("passkey.action"), url: new URL("/settings/security", AUTH_URL).href },
    footer: t("passkey.footer"),
  });
}
