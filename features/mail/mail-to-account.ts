import type { UserId } from "@/features/account/user-id";
import type { Database } from "@/lib/db";
import { findRecipient } from "./data";
import { enqueueMail } from "./enqueue-mail";
import type { MailContent } from "./mail-content";
import type { MailKind } from "./policy";

/**
 * Writes to the address of an account, in the transaction of what the mail tells of. An account that is gone gets none.
 *
 * Call `wakeMailWorker` after the commit.
 */
export async function mailToAccount(
  database: Database,
  mail: { userId: UserId; kind: MailKind; content: MailContent },
  now: Date,
): Promise<void> {
  const to = await findRecipient(database, mail.userId);
  if (to !== null) await enqueueMail(database, { kind: mail.kind, to, content: mail.content }, now);
}
