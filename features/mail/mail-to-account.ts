import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import type { Database } from "@/lib/db";
import type { Language } from "@/lib/i18n/languages";
import { findRecipient } from "./data";
import { enqueueMail } from "./enqueue-mail";
import { type MailWriter, mailReader, writeMail } from "./mail-reader";
import type { MailKind } from "./policy";

/** A mail to the owner of an account. */
interface MailToAccount {
  readonly userId: UserId;
  readonly kind: MailKind;
  readonly content: MailWriter;
  /** The language of the request that it follows from. */
  readonly askedIn: Language | undefined;
  /** An address that the account has left; absent: the account's. */
  readonly to?: EmailAddress;
}

/**
 * Writes to the owner of an account in their language, in the transaction of what the mail tells of. An account that is gone
 * gets none.
 *
 * Call `wakeMailWorker` after the commit.
 */
export async function mailToAccount(database: Database, mail: MailToAccount, now: Date): Promise<void> {
  const recipient = await findRecipient(database, mail.userId);
  if (recipient === null) return;
  const content = writeMail(mail.content, await mailReader(recipient, mail.askedIn));
  await enqueueMail(database, { kind: mail.kind, to: mail.to ?? recipient.to, content }, now);
}
