import type { EmailAddress } from "@/features/account/email-address";
import type { Database } from "@/lib/db";
import type { Language } from "@/lib/i18n/languages";
import { findTimePreferences } from "./data";
import { enqueueMail } from "./enqueue-mail";
import { type MailWriter, mailReader, writeMail } from "./mail-reader";
import type { MailKind } from "./policy";

/** A mail to an address that may or may not have an account. */
interface MailToAddress {
  readonly to: EmailAddress;
  readonly kind: MailKind;
  readonly content: MailWriter;
  /** The language of the request that it follows from. */
  readonly askedIn: Language | undefined;
}

/**
 * Writes to an address in the language of whoever has an account there, else in that of the request: the same statements
 * either way.
 *
 * Call `wakeMailWorker` after the commit.
 */
export async function mailToAddress(database: Database, mail: MailToAddress, now: Date): Promise<void> {
  const { to, kind, askedIn } = mail;
  const reader = await mailReader(await findTimePreferences(database, to), askedIn);
  await enqueueMail(database, { kind, to, content: writeMail(mail.content, reader) }, now);
}
