import type { EmailAddress } from "@/features/account/email-address";
import { countMailsByKind } from "@/features/mail/data";
import { mailToAddress } from "@/features/mail/mail-to-address";
import { MAIL_PERIOD_SECONDS } from "@/features/mail/policy";
import { isRegistered } from "@/features/sign-up/data";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import type { Database } from "@/lib/db";
import { env } from "@/lib/env/env";
import type { Language } from "@/lib/i18n/languages";
import { confirmationMail, takenAddressMail } from "./mails";
import { MAX_CONFIRMATION_MAILS } from "./policy";

/** What the row of a change keeps of a token that was issued. */
export interface IssuedConfirmation {
  readonly confirmTokenHash: Uint8Array<ArrayBuffer>;
  readonly expiresAt: Date;
}

/**
 * Issues the token that confirms a new address, and mails it there. An address that has an account gets a mail that says
 * so instead, and nobody gets the token: same rows, same statements, and the asker can't tell the two apart.
 *
 * An address that had its share of mails gets no further one.
 *
 * @param database - The caller's transaction, which has locked the address.
 * @param askedIn - The language of the request.
 */
export async function issueConfirmation(
  database: Database,
  email: EmailAddress,
  askedIn: Language | undefined,
  now: Date,
): Promise<IssuedConfirmation> {
  const token = randomToken();
  const isTaken = await isRegistered(database, email);
  const mails = await countMailsByKind(database, email, addSeconds(now, -MAIL_PERIOD_SECONDS));
  if ((mails.email_change_confirmation ?? 0) < MAX_CONFIRMATION_MAILS) {
    const content = isTaken ? takenAddressMail() : confirmationMail(token);
    await mailToAddress(database, { kind: "email_change_confirmation", to: email, content, askedIn }, now);
  }
  return { confirmTokenHash: hashToken(token), expiresAt: addSeconds(now, env().EMAIL_TOKEN_TTL) };
}
