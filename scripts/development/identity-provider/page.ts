import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #15181d; --quiet: #565e6b; --line: #868e9b; --line-soft: #d6dae1; --accent: #0b57d0; --on-accent: #fff; --banner: #6b3d00; --on-banner: #fff; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --page: #101318; --card: #1a1f27; --text: #eceef2; --quiet: #a9b1bf; --line: #7c8696; --line-soft: #343c49; --accent: #a8c7fa; --on-accent: #0a2450; --banner: #ffd08a; --on-banner: #2b1900; --bad: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
header { background: var(--banner); color: var(--on-banner); padding: .75rem 1rem; text-align: center; }
header p { margin: 0; }
main { max-width: 28rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.125rem; margin: 0 0 .75rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
ul { list-style: none; margin: 1.25rem 0 1.5rem; padding: 0; display: grid; gap: .5rem; }
button { font: inherit; color: inherit; cursor: pointer; min-height: 2.75rem; border-radius: .75rem; }
.persona { width: 100%; display: flex; gap: .875rem; align-items: center; text-align: start; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line-soft); }
.persona:hover { border-color: var(--accent); }
.persona img { flex: none; width: 2.5rem; height: 2.5rem; }
.persona strong, .persona small { display: block; overflow-wrap: anywhere; }
.persona small { color: var(--quiet); font-size: .875rem; }
.card { background: var(--card); border: 1px solid var(--line-soft); border-radius: .75rem; padding: 1rem; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
input[type=text], input[type=email] { width: 100%; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; min-height: 2.75rem; margin-bottom: 1rem; }
input[aria-invalid=true] { border-color: var(--bad); margin-bottom: .25rem; }
.check { display: flex; gap: .625rem; align-items: center; font-weight: 400; margin-bottom: 1rem; min-height: 1.5rem; }
.check input { width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
.primary { width: 100%; background: var(--accent); color: var(--on-accent); border: 0; font-weight: 600; }
.problem { color: var(--bad); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/**
 * A whole page under the banner that says what this is.
 *
 * @param title - Plain text.
 * @param main - HTML whose values are escaped already.
 */
export function renderPage(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Development identity provider</title>
<link rel="icon" href="/pictures/D.svg">
<style>${STYLE}</style>
</head>
<body>
<header><p><strong>Development identity provider</strong> – stands in for Google on this machine</p></header>
<main>
${main}
</main>
</body>
</html>
`;
}

/**
 * The headers of such a page: no script at all, and forms only to this server and to `formTarget`.
 *
 * @param formTarget - An origin to which the answer to a form redirects: Chromium holds `form-action` against
 *   every redirect that follows the submission.
 */
export function pageHeaders(formTarget?: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "img-src 'self'",
    `form-action 'self'${formTarget === undefined ? "" : ` ${formTarget}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}

/** Answers with a page. */
export function sendPage(response: ServerResponse, status: number, page: string, formTarget?: string): void {
  response.writeHead(status, pageHeaders(formTarget)).end(page);
}

/** A page with one message and nothing to press. */
export function renderNotice(title: string, sentence: string): string {
  return renderPage(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(sentence)}</p>`);
}
