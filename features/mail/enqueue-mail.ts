import { randomBytes } from "node:crypto";

import type { EmailAddress } from "@/features/account/email-address";
import { seal } from "@/lib/crypto/seal";
import type { Database } from "@/lib/db";
import { insertMail } from "./data";
import type { MailKind } from "./policy";

/** A mail as it is handed over for sending. */
export interface EnqueuedMail {
  readonly kind: MailKind;
  readonly to: EmailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Writes a mail to the outbox, in the transaction of what it tells of: there is a mail exactly if that was committed, and
 * no request waits for a mail server. Call `wakeMailWorker` after the commit.
 *
 * The content is sealed, since it holds links that are as good as passwords; whoever reads the table learns only who was
 * written to.
 *
 * @param database - The caller's transaction.
 */
export async function enqueueMail(database: Database, mail: EnqueuedMail, now: Date): Promise<void> {
  const id = newMailId(now);
  const content = JSON.stringify({ subject: mail.subject, text: mail.text, html: mail.html });
  const sealedContent = seal("mail-content", content, id);
  await insertMail(database, { id, kind: mail.kind, recipient: mail.to, sealedContent }, now);
}

/**
 * A UUIDv7, which the database's client can't make for us: the content is sealed to the id before the row exists.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 */
function newMailId(now: Date): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
