import type { RequestOrigin } from "@/features/audit/request-origin";
import type { MailContent } from "@/features/mail/mail-content";
import type { DatedMailContent } from "@/features/mail/mail-to-account";
import { FEW_CODES } from "@/features/recovery-code/policy";
import { describeDevice } from "@/features/session-overview/describe-device";
import { env } from "@/lib/env/env";
import { inEnglish } from "@/lib/i18n/english";

const NOT_YOU =
  "If it wasn't you, somebody else is in your account: sign in, change your password, and end all other sessions.";

/** To whoever turned the second factor on. */
export function enabledMail(origin: RequestOrigin, now: Date): DatedMailContent {
  return mail(origin, now, {
    subject: "Two-step sign-in is on",
    paragraphs: [
      `From now on, signing in at ${host()} asks for a code of your authenticator app as well. You were signed out everywhere else.`,
      "Keep your recovery codes where you find them without your phone.",
    ],
    footer: NOT_YOU,
  });
}

/** To whoever turned it off. */
export function disabledMail(origin: RequestOrigin, now: Date): DatedMailContent {
  return mail(origin, now, {
    subject: "Two-step sign-in is off",
    paragraphs: [
      `Signing in at ${host()} no longer asks for a code. Your recovery codes and the browsers that you trusted are forgotten.`,
    ],
    footer: NOT_YOU,
  });
}

/** To the owner of an account at whose second factor somebody guesses. */
export function lockedMail(origin: RequestOrigin, now: Date): DatedMailContent {
  return mail(origin, now, {
    subject: "Too many wrong codes",
    paragraphs: [
      `Somebody typed ten wrong codes in a row while signing in to your account at ${host()}. They got past the first step: they know your password, or use an account that you sign in with.`,
      "Codes of your authenticator app are not taken for a while, a little longer after each further wrong one. Your recovery codes and passkeys work as ever.",
    ],
    footer: "If it wasn't you, change your password. Nobody was let in.",
  });
}

/** To whoever signed in, or proved themselves, with a recovery code. */
export function recoveryCodeUsedMail(left: number, origin: RequestOrigin, now: Date): DatedMailContent {
  const remaining = left === 1 ? "1 recovery code is left." : `${left} recovery codes are left.`;
  return mail(origin, now, {
    subject: "A recovery code was used",
    paragraphs: [
      `One of your recovery codes was used at ${host()}. It is spent now; ${remaining}`,
      ...(left < FEW_CODES ? ["Make new ones soon, in your security settings."] : []),
    ],
    footer: NOT_YOU,
  });
}

/** To whoever made new recovery codes. */
export function codesReplacedMail(origin: RequestOrigin, now: Date): DatedMailContent {
  return mail(origin, now, {
    subject: "You have new recovery codes",
    paragraphs: [
      `Ten new recovery codes were made for your account at ${host()}. The ones from before are worth nothing now.`,
    ],
    footer: NOT_YOU,
  });
}

const host = () => env().AUTH_URL.host;

function mail(
  origin: RequestOrigin,
  now: Date,
  text: Pick<MailContent, "subject" | "paragraphs" | "footer">,
): DatedMailContent {
  return (inWords) => ({
    ...text,
    greeting: "Hello,",
    details: [
      { label: "When", value: inWords(now) },
      { label: "Device", value: describeDevice(inEnglish("account"), origin.userAgent) },
      ...(origin.ip ? [{ label: "Address", value: origin.ip }] : []),
    ],
    action: { label: "Security settings", url: new URL("/settings/security", env().AUTH_URL).href },
  });
}
