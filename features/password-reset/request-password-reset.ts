import { findSignInMethods } from "@/features/account/data";
import type { EmailAddress } from "@/features/account/email-address";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { countMailsByKind } from "@/features/mail/data";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { MAIL_ANSWER_MS, MAIL_PERIOD_SECONDS } from "@/features/mail/policy";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { lockAddress } from "@/features/sign-up/data";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { type Database, inTransaction } from "@/lib/db";
import { env } from "@/lib/env/env";
import type { Language } from "@/lib/i18n/languages";
import { noSoonerThan } from "@/lib/no-sooner-than";
import { type ForgetfulAccount, findForgetfulAccount, replaceResetToken } from "./data";
import { noPasswordMail, resetMail } from "./mails";
import { MAX_RESET_MAILS } from "./policy";

/** What came of a request; told to nobody but the audit log. */
type Outcome = "link_mailed" | "no_password_mailed" | "too_many_mails" | "unknown_address" | "account_disabled";

/**
 * Mails a link to choose a new password with, to the owner of an account that has one. Whether there is such an account
 * shows in its mailbox alone: the answer is the same for every address and comes after the same time.
 *
 * An unknown address, a disabled account and one that had its share of mails get none. Nor does an address whose sign-up
 * still waits to be confirmed: that mail is what its owner has to find. An account that has no password is told how it
 * signs in.
 */
export async function requestPasswordReset(email: EmailAddress, origin: RequestOrigin, now: Date): Promise<void> {
  await noSoonerThan(MAIL_ANSWER_MS, request(email, origin, now));
}

async function request(email: EmailAddress, origin: RequestOrigin, now: Date): Promise<void> {
  await inTransaction(async (database) => {
    await lockAddress(database, email);
    const account = await findForgetfulAccount(database, email);
    const mails = await countMailsByKind(database, email, addSeconds(now, -MAIL_PERIOD_SECONDS));
    const hadItsShare = (mails.password_reset ?? 0) >= MAX_RESET_MAILS;
    const outcome = await answer(database, account, { hadItsShare, askedIn: origin.language }, now);
    const userId = account?.userId ?? null;
    await appendAuditEvent(database, { kind: "password_reset_requested", userId, origin, details: { outcome } });
  });
  wakeMailWorker();
}

async function answer(
  database: Database,
  account: ForgetfulAccount | null,
  { hadItsShare, askedIn }: { hadItsShare: boolean; askedIn: Language | undefined },
  now: Date,
): Promise<Outcome> {
  if (!account) return "unknown_address";
  if (account.isDisabled) return "account_disabled";
  // The newest link goes on working: nobody makes it void by asking again and again.
  if (hadItsShare) return "too_many_mails";
  const { userId } = account;
  const kind = "password_reset";
  if (!account.hasPassword) {
    const content = noPasswordMail(await findSignInMethods(userId, database));
    await mailToAccount(database, { userId, kind, content, askedIn }, now);
    return "no_password_mailed";
  }
  const token = randomToken();
  const expiresAt = addSeconds(now, env().RESET_TOKEN_TTL);
  await replaceResetToken(database, userId, { tokenHash: hashToken(token), createdAt: now, expiresAt });
  await mailToAccount(database, { userId, kind, content: resetMail(token), askedIn }, now);
  return "link_mailed";
}
