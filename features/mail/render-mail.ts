/** What a mail says, free of markup. */
export interface MailContent {
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do: a button, and its address in full below. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Why the mail was sent, and what to do when it was not expected. */
  readonly footer: string;
}

/** A mail as it is sent: two versions of the same words. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// Mail programs ignore style sheets, or parts of them: what has to hold is inline, the dark theme is an extra.
const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const DARK_THEME = `@media (prefers-color-scheme: dark) {
  .page { background: #111827 !important; }
  .card { background: #1f2937 !important; color: #f3f4f6 !important; }
  .quiet { color: #9ca3af !important; }
  .link { color: #93c5fd !important; }
  .button { background: #93c5fd !important; color: #111827 !important; }
}`;

/**
 * Renders a mail as plain text and as HTML.
 *
 * Every word is escaped, whoever wrote it. There are no pictures: nothing is fetched when the mail is opened, and nobody
 * can tell that it was.
 */
export function renderMail(content: MailContent): RenderedMail {
  return { subject: oneLine(content.subject), text: renderText(content), html: renderHtml(content) };
}

function renderText({ greeting, paragraphs, action, footer }: MailContent): string {
  const actionLines = action ? [`${action.label}:\n${action.url}`] : [];
  return `${[greeting, ...paragraphs, ...actionLines, `-- \n${footer}`].join("\n\n")}\n`;
}

function renderHtml({ subject, greeting, paragraphs, action, footer }: MailContent): string {
  const body = [greeting, ...paragraphs].map((text) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(oneLine(subject))}</title>
<style>${DARK_THEME}</style>
</head>
<body class="page" style="margin:0;padding:24px;background:#f3f4f6">
<div class="card" style="max-width:560px;margin:0 auto;padding:32px;border-radius:12px;background:#ffffff;color:#111827;${FONT};font-size:16px;line-height:1.5">
${body}
${action ? renderAction(action) : ""}<p class="quiet" style="margin:24px 0 0;color:#6b7280;font-size:14px">${escapeHtml(footer)}</p>
</div>
</body>
</html>
`;
}

function renderAction({ label, url }: { label: string; url: string }): string {
  const address = escapeHtml(url);
  return `<p style="margin:24px 0"><a class="button" href="${address}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>
<p class="quiet" style="margin:0;color:#6b7280;font-size:14px">If the button does not work, open this address:<br><a class="link" href="${address}" style="color:#1d4ed8;word-break:break-all">${address}</a></p>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** A subject is a header: a line break in it would begin the next one (ASVS 5.0 V1.3.11). */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
