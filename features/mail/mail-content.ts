import * as z from "zod";

import { DEFAULT_LANGUAGE, LANGUAGES } from "@/lib/i18n/languages";

const ActionSchema = z.object({ label: z.string(), url: z.url({ protocol: /^https?$/ }) });
const LabelledSchema = z.object({ label: z.string(), value: z.string() });

/** What a mail says, free of markup. It waits in the outbox in this shape, and is rendered when it is sent. */
export const MailContentSchema = z.object({
  /** What it is written in. Absent in mails from before there was more than one. */
  language: z.enum(LANGUAGES).default(DEFAULT_LANGUAGE),
  subject: z.string(),
  greeting: z.string(),
  paragraphs: z.array(z.string()).readonly(),
  /** Facts to compare with what one remembers, such as the device, the time and the address. */
  details: z.array(LabelledSchema).readonly().exactOptional(),
  /** The one thing to do: a button, and its address in full below. */
  action: ActionSchema.exactOptional(),
  /** Digits to type where they were asked for; the label tells where. */
  code: LabelledSchema.exactOptional(),
  /** Why the mail was sent, and what to do when it was not expected. */
  footer: z.string(),
});

/** What a mail says, free of markup. */
export type MailContent = z.output<typeof MailContentSchema>;
