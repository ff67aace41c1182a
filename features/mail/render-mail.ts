import { type Translator, translatorFor } from "@/lib/i18n/translator";
import type { MailContent } from "./mail-content";

/** A mail as it is sent: two versions of the same words. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Renders a mail as plain text and as HTML. */
export async function renderMail(content: MailContent): Promise<RenderedMail> {
  // Loaded with the first mail: a server that starts needs none of it.
  const { renderTemplate } = await import("./mail-template");
  const t = await translatorFor(content.language, "mails");
  const subject = oneLine(content.subject);
  return { subject, text: renderText(content, t), html: await renderTemplate({ ...content, subject }, t) };
}

function renderText(
  { greeting, paragraphs, details, action, code, footer }: MailContent,
  t: Translator<"mails">,
): string {
  const blocks = [
    greeting,
    ...paragraphs,
    details?.map((detail) => t("template.detail", detail)).join("\n"),
    action && `${t("template.address", { label: action.label })}\n${action.url}`,
    code && `${code.label}\n${code.value}`,
    `-- \n${footer}`,
  ];
  return `${blocks.filter((block) => block !== undefined).join("\n\n")}\n`;
}

/** A subject is a header: a line break in it would begin the next one (ASVS 5.0 V1.3.11). */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
