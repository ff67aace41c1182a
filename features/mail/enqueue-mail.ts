import type { EmailAddress } from "@/features/account/email-address";
import { seal } from "@/lib/crypto/seal";
import type { Database } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";
import { insertMail } from "./data";
import type { MailContent } from "./mail-content";
import type { MailKind } from "./policy";

/** A mail as it is handed over for sending. */
export interface EnqueuedMail {
  readonly kind: MailKind;
  readonly to: EmailAddress;
  readonly content: MailContent;
}

/**
 * Writes a mail to the outbox, in the transaction of what it tells of: there is a mail exactly if that was committed, and
 * no request waits for a mail server, nor for the mail to be rendered. Call `wakeMailWorker` after the commit.
 *
 * The content is sealed, since it holds links that are as good as passwords; whoever reads the table learns only who was
 * written to.
 *
 * @param database - The caller's transaction.
 */
export async function enqueueMail(database: Database, mail: EnqueuedMail, now: Date): Promise<void> {
  // Not the database's: the content is sealed to the id before the row exists.
  const id = uuidv7(now);
  const sealedContent = seal("mail-content", JSON.stringify(mail.content), id);
  await insertMail(database, { id, kind: mail.kind, recipient: mail.to, sealedContent }, now);
}
