import type { MailWriter } from "@/features/mail/mail-reader";
import { env } from "@/lib/env/env";

/** Says what will happen and until when it can be stopped. */
export function deletionRequestedMail(dueAt: Date, now: Date): MailWriter {
  const { AUTH_URL } = env();
  return ({ t, moment }) => ({
    subject: t("accountDeletion.requested.subject"),
    paragraphs: [
      t("accountDeletion.requested.asked", { host: AUTH_URL.host, time: moment(now) }),
      t("accountDeletion.requested.due", { dueTime: moment(dueAt) }),
      t("accountDeletion.requested.advice"),
    ],
    action: { label: t("accountDeletion.requested.action"), url: new URL("/sign-in", AUTH_URL).href },
    footer: t("accountDeletion.requested.footer"),
  });
}

/** Says that it stays after all. */
export function deletionCancelledMail(now: Date): MailWriter {
  const { AUTH_URL } = env();
  return ({ t, moment }) => ({
    subject: t("accountDeletion.cancelled.subject"),
    paragraphs: [
      t("accountDeletion.cancelled.happened", { host: AUTH_URL.host, time: moment(now) }),
      t("accountDeletion.cancelled.advice"),
    ],
    action: { label: t("accountDeletion.cancelled.action"), url: new URL("/sign-in", AUTH_URL).href },
    footer: t("accountDeletion.cancelled.footer"),
  });
}

/** The last mail. It repeats nothing of what there was. */
export function accountDeletedMail(): MailWriter {
  const { host } = env().AUTH_URL;
  return ({ t }) => ({
    subject: t("accountDeletion.deleted.subject"),
    paragraphs: [t("accountDeletion.deleted.happened", { host }), t("accountDeletion.deleted.welcome")],
    footer: t("accountDeletion.deleted.footer"),
  });
}
