import type { UserId } from "@/features/account/user-id";
import type { Database } from "@/lib/db";
import { findRecipient } from "./data";
import { enqueueMail } from "./enqueue-mail";
import type { MailContent } from "./mail-content";
import { momentInWords } from "./moment-in-words";
import type { MailKind } from "./policy";

/** What a mail says that says when: it is handed what writes an instant as its reader wants it. */
export type DatedMailContent = (inWords: (at: Date) => string) => MailContent;

/**
 * Writes to the address of an account, in the transaction of what the mail tells of. An account that is gone gets none.
 *
 * Call `wakeMailWorker` after the commit.
 */
export async function mailToAccount(
  database: Database,
  { userId, kind, content }: { userId: UserId; kind: MailKind; content: MailContent | DatedMailContent },
  now: Date,
): Promise<void> {
  const recipient = await findRecipient(database, userId);
  if (recipient === null) return;
  const words = typeof content === "function" ? content((at) => momentInWords(at, recipient)) : content;
  await enqueueMail(database, { kind, to: recipient.to, content: words }, now);
}
