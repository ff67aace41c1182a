import type { MailWriter } from "@/features/mail/mail-reader";
import { isProgram } from "@/features/session-overview/describe-device";
import { env } from "@/lib/env/env";

/** What the mail tells of. */
export interface NewDevice {
  readonly sessionId: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** The mail to somebody whose account was signed in to with a browser that it doesn't know. */
export function newDeviceMail({ sessionId, ip, userAgent }: NewDevice, now: Date): MailWriter {
  const { AUTH_URL } = env();
  const report = new URL("/settings/security/report", AUTH_URL);
  report.searchParams.set("session", sessionId);
  return ({ t, moment, device }) => ({
    subject: t("newDevice.subject"),
    paragraphs: [t("newDevice.happened", { host: AUTH_URL.host }), t("newDevice.advice")],
    details: [
      // A program's name is whatever it calls itself: in this mail it could be an address to follow.
      { label: t("details.device"), value: isProgram(userAgent) ? t("details.program") : device(userAgent) },
      { label: t("details.time"), value: moment(now) },
      ...(ip === null ? [] : [{ label: t("details.address"), value: ip }]),
    ],
    action: { label: t("newDevice.action"), url: report.href },
    footer: t("newDevice.footer"),
  });
}
