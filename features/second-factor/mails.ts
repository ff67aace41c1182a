import type { RequestOrigin } from "@/features/audit/request-origin";
import type { MailReader, MailWriter } from "@/features/mail/mail-reader";
import { FEW_CODES } from "@/features/recovery-code/policy";
import { env } from "@/lib/env/env";

/** What one of these mails says of its own. */
type Words = { subject: string; paragraphs: string[]; footer: string };

/** To whoever turned the second factor on. */
export function enabledMail(origin: RequestOrigin, now: Date): MailWriter {
  return mail(origin, now, ({ t }) => ({
    subject: t("secondFactor.enabled.subject"),
    paragraphs: [t("secondFactor.enabled.happened", { host: host() }), t("secondFactor.enabled.advice")],
    footer: t("secondFactor.notYou"),
  }));
}

/** To whoever turned it off. */
export function disabledMail(origin: RequestOrigin, now: Date): MailWriter {
  return mail(origin, now, ({ t }) => ({
    subject: t("secondFactor.disabled.subject"),
    paragraphs: [t("secondFactor.disabled.happened", { host: host() })],
    footer: t("secondFactor.notYou"),
  }));
}

/** To the owner of an account at whose second factor somebody guesses. */
export function lockedMail(origin: RequestOrigin, now: Date): MailWriter {
  return mail(origin, now, ({ t }) => ({
    subject: t("secondFactor.locked.subject"),
    paragraphs: [t("secondFactor.locked.happened", { host: host() }), t("secondFactor.locked.advice")],
    footer: t("secondFactor.locked.footer"),
  }));
}

/** To whoever signed in, or proved themselves, with a recovery code. */
export function recoveryCodeUsedMail(left: number, origin: RequestOrigin, now: Date): MailWriter {
  return mail(origin, now, ({ t }) => ({
    subject: t("secondFactor.recoveryCodeUsed.subject"),
    paragraphs: [
      t("secondFactor.recoveryCodeUsed.happened", { host: host(), count: left }),
      ...(left < FEW_CODES ? [t("secondFactor.recoveryCodeUsed.few")] : []),
    ],
    footer: t("secondFactor.notYou"),
  }));
}

/** To whoever made new recovery codes. */
export function codesReplacedMail(origin: RequestOrigin, now: Date): MailWriter {
  return mail(origin, now, ({ t }) => ({
    subject: t("secondFactor.codesReplaced.subject"),
    paragraphs: [t("secondFactor.codesReplaced.happened", { host: host() })],
    footer: t("secondFactor.notYou"),
  }));
}

const host = () => env().AUTH_URL.host;

function mail(origin: RequestOrigin, now: Date, wordsFor: (reader: MailReader) => Words): MailWriter {
  return (reader) => ({
    ...wordsFor(reader),
    details: [
      { label: reader.t("details.when"), value: reader.moment(now) },
      { label: reader.t("details.device"), value: reader.device(origin.userAgent) },
      ...(origin.ip ? [{ label: reader.t("details.address"), value: origin.ip }] : []),
    ],
    action: { label: reader.t("secondFactor.action"), url: new URL("/settings/security", env().AUTH_URL).href },
  });
}
