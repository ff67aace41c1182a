import { randomFillSync } from "node:crypto";

const NONCE_BYTES = 16;
const NONCES_AT_ONCE = 256;

/** Where browsers report what a policy refused; see app/api/security-reports/route.ts. */
const REPORT_PATH = "/api/security-reports";
const REPORT_GROUP = "security";

/** For everything that is no page: shown by itself, it can do nothing. */
export const NO_PAGE_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** What a page's policy depends on besides the response. */
export interface PageSettings {
  /** The development server evaluates scripts, writes styles into the page, and talks over a web socket. */
  readonly development: boolean;
  /** The development mailbox shows mails in frames. */
  readonly frames: boolean;
  /** Browsers hold a form's redirects to `form-action` too, and before hydration a provider's button is a plain form. */
  readonly formTargets: readonly string[];
}

/**
 * The Content-Security-Policy of one page: nothing but what is listed, and scripts and styles only with this response's nonce,
 * which nobody could have written before.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function pagePolicy({ development, frames, formTargets }: PageSettings): string {
  const nonce = `'nonce-${newNonce()}'`;
  return [
    "default-src 'none'",
    `script-src ${nonce} 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : nonce}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    `frame-src ${frames ? "'self'" : "'none'"}`,
    "frame-ancestors 'none'",
    `report-uri ${REPORT_PATH}`,
    `report-to ${REPORT_GROUP}`,
  ].join("; ");
}

const entropy = Buffer.alloc(NONCES_AT_ONCE * NONCE_BYTES);
let used = entropy.length;

/** Random bytes that nothing else is made of. To ask the system for sixteen costs as much as to ask for four thousand. */
function newNonce(): string {
  if (used === entropy.length) {
    randomFillSync(entropy);
    used = 0;
  }
  used += NONCE_BYTES;
  return entropy.toString("base64", used - NONCE_BYTES, used);
}

/** Names the address behind the policy's `report-to`. */
export const reportingEndpoints = (origin: string) => `${REPORT_GROUP}="${origin}${REPORT_PATH}"`;
