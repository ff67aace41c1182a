import { accountDeletedMail, deletionCancelledMail, deletionRequestedMail } from "@/features/account-deletion/mails";
import { connectionMail } from "@/features/connection/mails";
import { changedMail, confirmationMail, noticeMail, takenAddressMail } from "@/features/email-change/mails";
import { newDeviceMail } from "@/features/known-device/mails";
import { magicLinkMail } from "@/features/magic-link/mails";
import type { MailWriter } from "@/features/mail/mail-reader";
import { passkeyAddedMail, passkeyRemovedMail } from "@/features/passkey/mails";
import { passwordChangedMail } from "@/features/password-change/mails";
import { noPasswordMail, resetMail } from "@/features/password-reset/mails";
import * as secondFactor from "@/features/second-factor/mails";
import { reuseMail } from "@/features/session/mail-about-reuse";
import { knownAddressMail, verificationMail } from "@/features/sign-up/mails";

const USER_AGENT = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0";
const METHODS = { password: true, providers: ["github", "google"], passkeys: 3 };

/** Every mail that there is, by its name. `now` is when it is written; it happened from 203.0.113.7. */
export function everyMail(now: Date, { userAgent = USER_AGENT } = {}): Readonly<Record<string, MailWriter>> {
  const token = "a".repeat(43);
  const from = { ip: "203.0.113.7", userAgent };
  const due = new Date(now.getTime() + 14 * 24 * 60 * 60 * 1000);
  return {
    "sign-up": verificationMail({ token, providerName: null }),
    "sign-up-with-provider": verificationMail({ token, providerName: "GitHub" }),
    "known-address": knownAddressMail(),
    "magic-link": magicLinkMail({ token, code: "012345" }),
    "new-device": newDeviceMail({ sessionId: "00000000-0000-7000-8000-000000000000", ...from }, now),
    "session-reuse": reuseMail(),
    "password-reset": resetMail(token),
    "no-password": noPasswordMail({ ...METHODS, password: false }),
    "no-way-in": noPasswordMail({ password: false, providers: [], passkeys: 0 }),
    "reset-done": passwordChangedMail("password_reset", METHODS, now),
    "password-changed": passwordChangedMail("password_changed", { ...METHODS, passkeys: 1 }, now),
    "password-set": passwordChangedMail("password_set", { password: true, providers: [], passkeys: 0 }, now),
    "email-change": confirmationMail(token),
    "email-taken": takenAddressMail(),
    "email-notice": noticeMail(),
    "email-changed": changedMail(token),
    "passkey-added": passkeyAddedMail(now),
    "passkey-removed": passkeyRemovedMail(now),
    "connection-added": connectionMail("added", "GitHub"),
    "connection-removed": connectionMail("removed", "GitHub"),
    "second-factor-on": secondFactor.enabledMail(from, now),
    "second-factor-off": secondFactor.disabledMail(from, now),
    "second-factor-locked": secondFactor.lockedMail(from, now),
    "recovery-code-used": secondFactor.recoveryCodeUsedMail(2, from, now),
    "recovery-codes-replaced": secondFactor.codesReplacedMail(from, now),
    "deletion-requested": deletionRequestedMail(due, now),
    "deletion-cancelled": deletionCancelledMail(now),
    "account-deleted": accountDeletedMail(),
  };
}
