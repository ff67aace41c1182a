import { countMailsByKind } from "@/features/mail/data";
import { mailToAddress } from "@/features/mail/mail-to-address";
import { MAIL_PERIOD_SECONDS } from "@/features/mail/policy";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { TERMS_VERSION } from "@/features/terms/policy";
import { addSeconds } from "@/lib/clock";
import { type Database, inTransaction } from "@/lib/db";
import type { Language } from "@/lib/i18n/languages";
import { deleteSignUps, insertSignUp, isRegistered, lockAddress, type NewSignUp } from "./data";
import { issueVerification, verificationExpiresAt } from "./issue-verification";
import { knownAddressMail } from "./mails";
import { MAX_KNOWN_ADDRESS_MAILS, MAX_VERIFICATION_MAILS } from "./policy";

/**
 * Writes down a sign-up and mails its address, or mails the owner of an address that has an account already. Which of the
 * two happened, or whether the address had its share of mails, shows only in the mailbox.
 *
 * Nothing of another sign-up for the address is touched: each is confirmed, or not, by its own mail.
 *
 * @param askedIn - The language of the request.
 */
export async function requestSignUp(signUp: NewSignUp, now: Date, askedIn?: Language): Promise<void> {
  await inTransaction(async (transaction) => {
    await lockAddress(transaction, signUp.email);
    const isKnown = await isRegistered(transaction, signUp.email);
    const since = addSeconds(now, -MAIL_PERIOD_SECONDS);
    const mails = await countMailsByKind(transaction, signUp.email, since);
    if (isKnown) {
      if ((mails.sign_up_known_address ?? 0) < MAX_KNOWN_ADDRESS_MAILS)
        await tellOwner(transaction, signUp, askedIn, now);
    } else {
      if ((mails.sign_up_verification ?? 0) < MAX_VERIFICATION_MAILS) {
        await openSignUp(transaction, signUp, askedIn, now);
      }
    }
  });
  wakeMailWorker();
}

async function tellOwner(
  transaction: Database,
  { email }: NewSignUp,
  askedIn: Language | undefined,
  now: Date,
): Promise<void> {
  // From before the address had its account, if any. Also: a write here as there.
  await deleteSignUps(transaction, email);
  const content = knownAddressMail();
  await mailToAddress(transaction, { kind: "sign_up_known_address", to: email, content, askedIn }, now);
}

async function openSignUp(
  transaction: Database,
  signUp: NewSignUp,
  askedIn: Language | undefined,
  now: Date,
): Promise<void> {
  // Signing up is the consent: each page that offers it says so.
  const made = { termsVersion: TERMS_VERSION, createdAt: now, expiresAt: verificationExpiresAt(now) };
  const id = await insertSignUp(transaction, signUp, made);
  await issueVerification(transaction, { ...signUp, id }, askedIn, now);
}
