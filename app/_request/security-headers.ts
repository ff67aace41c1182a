import { randomBytes } from "node:crypto";

import { env } from "@/lib/env/env";
import { IS_DEVELOPMENT_SERVER } from "@/lib/env/mode";
import { authorizationOrigins } from "@/providers/authorization-origins";

const NONCE_BYTES = 16;

/** A value that this response's scripts and styles carry, and nobody could have written before. */
export function newNonce(): string {
  return randomBytes(NONCE_BYTES).toString("base64");
}

/**
 * The Content-Security-Policy of a page.
 *
 * Browsers hold a form's redirects to `form-action` too, so the pages of the enabled providers are named there: before
 * hydration the buttons are plain forms.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export async function contentSecurityPolicy(nonce: string): Promise<string> {
  const standIn = env().LATCHKEY_DEV_IDENTITY_PROVIDER?.origin;
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${IS_DEVELOPMENT_SERVER ? " 'unsafe-eval'" : ""}`,
    // Next's development overlay brings styles of its own.
    IS_DEVELOPMENT_SERVER ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // People's pictures come from wherever their provider keeps them.
    `img-src 'self' data: https:${standIn ? ` ${standIn}` : ""}`,
    "font-src 'self'",
    `connect-src 'self'${IS_DEVELOPMENT_SERVER ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${["'self'", ...(await authorizationOrigins())].join(" ")}`,
    "frame-src 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
