import type { EmailAddress } from "@/features/account/email-address";
import { countMailsByKind } from "@/features/mail/data";
import { MAIL_ANSWER_MS, MAIL_PERIOD_SECONDS } from "@/features/mail/policy";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { addSeconds } from "@/lib/clock";
import { inTransaction } from "@/lib/db";
import type { Language } from "@/lib/i18n/languages";
import { noSoonerThan } from "@/lib/no-sooner-than";
import { findNewestSignUp, isRegistered, lockAddress, renewSignUp } from "./data";
import { issueVerification, verificationExpiresAt } from "./issue-verification";
import { MAX_VERIFICATION_MAILS } from "./policy";

/**
 * Mails a fresh link for the newest pending sign-up of an address; its older links end. Nothing happens where there is
 * none, or where the address had its share of mails, and the answer is the same.
 *
 * @param askedIn - The language of the request.
 */
export async function resendVerification(email: EmailAddress, now: Date, askedIn?: Language): Promise<void> {
  await noSoonerThan(MAIL_ANSWER_MS, resend(email, now, askedIn));
}

async function resend(email: EmailAddress, now: Date, askedIn: Language | undefined): Promise<void> {
  await inTransaction(async (transaction) => {
    await lockAddress(transaction, email);
    // An account can have come by another way, such as a provider that vouches for the address.
    const isKnown = await isRegistered(transaction, email);
    const signUp = await findNewestSignUp(transaction, email, now);
    const mails = await countMailsByKind(transaction, email, addSeconds(now, -MAIL_PERIOD_SECONDS));
    if (isKnown || !signUp || (mails.sign_up_verification ?? 0) >= MAX_VERIFICATION_MAILS) return;

    await renewSignUp(transaction, signUp.id, verificationExpiresAt(now));
    await issueVerification(transaction, signUp, askedIn, now);
  });
  wakeMailWorker();
}
