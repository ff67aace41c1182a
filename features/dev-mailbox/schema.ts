import * as z from "zod";

/** Milliseconds since 1970 and 64 random bits: sorts by arrival, and holds nothing that could leave a folder. */
export const MESSAGE_ID_PATTERN = /^\d{13}-[0-9a-f]{16}$/;

/** One mail as it lies in the mailbox folder, in a file named `<id>.json` beside the raw `<id>.eml`. */
export const MailboxMessageSchema = z.object({
  id: z.string().regex(MESSAGE_ID_PATTERN),
  receivedAt: z.iso.datetime(),
  /** The addresses that the server was told to deliver to, whatever the mail itself says. */
  envelopeTo: z.array(z.string()),
  /** The header, as readers see it: `Ada <ada@example.com>`. */
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Null for a mail without an HTML part. */
  html: z.string().nullable(),
  /** The other headers, shortened. */
  headers: z.record(z.string(), z.string()),
});

/** A mail that the development mailbox caught. */
export type MailboxMessage = z.output<typeof MailboxMessageSchema>;
