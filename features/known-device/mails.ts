import type { MailContent } from "@/features/mail/mail-content";
import { describeDevice } from "@/features/session-overview/describe-device";
import { env } from "@/lib/env/env";
import { inEnglish } from "@/lib/i18n/english";

/** What the mail tells of. */
export interface NewDevice {
  readonly sessionId: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

const TIME: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" };

/** The mail to somebody whose account was signed in to with a browser that it doesn't know. */
export function newDeviceMail({ sessionId, ip, userAgent }: NewDevice, now: Date): MailContent {
  const { AUTH_URL } = env();
  const report = new URL("/settings/security/report", AUTH_URL);
  report.searchParams.set("session", sessionId);
  return {
    subject: "Your account was signed in to on a new device",
    greeting: "Hello,",
    paragraphs: [
      `Somebody signed in to your account at ${AUTH_URL.host} with a browser that has not been used for it before.`,
      "If it was you, there is nothing to do. If it wasn't, say so now: we end all sessions and help you to secure your account.",
    ],
    details: [
      { label: "Device", value: inOurWords(describeDevice(inEnglish("account"), userAgent)) },
      { label: "Time", value: `${new Intl.DateTimeFormat("en-GB", TIME).format(now)} UTC` },
      ...(ip === null ? [] : [{ label: "Address", value: ip }]),
    ],
    action: { label: "This wasn't me", url: report.href },
    footer:
      "We send this mail when a browser is new to your account, also after its cookies were deleted and in a private window.",
  };
}

/** A program's name is whatever it calls itself: in a mail it could be an address to follow. */
function inOurWords(device: string): string {
  return device.startsWith("A program") ? "A program, not a browser" : device;
}
