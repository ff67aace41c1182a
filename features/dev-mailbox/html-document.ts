/**
 * What a browser may do with a mail's HTML: show it, and follow a link that is pressed. No script, no form, no
 * request to anybody; the page around it stays out of reach (`sandbox` without `allow-same-origin`).
 */
export const MAIL_CONTENT_SECURITY_POLICY = [
  "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
  "default-src 'none'",
  "img-src data:",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
].join("; ");

/** The same permissions for the frame that shows it. */
export const MAIL_FRAME_SANDBOX = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

/**
 * A mail's HTML as a document whose links open in the whole window instead of inside the frame.
 *
 * @param html - Untrusted; it is made harmless by `MAIL_CONTENT_SECURITY_POLICY`, not by this function.
 */
export function htmlDocumentOf(html: string): string {
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? "";
  // A browser puts this into the head that it makes up, also when the mail's own <html> comes later.
  return `${doctype || "<!doctype html>"}<base target="_top">${html.slice(doctype.length)}`;
}
