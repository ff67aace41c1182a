import { randomBytes } from "node:crypto";

import { env } from "@/lib/env/env";

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
export function contentSecurityPolicy(nonce: string): string {
  const development = process.env["NODE_ENV"] === "development";
  const issuers = env().providers.flatMap(({ issuer }) => (issuer ? [new URL(issuer).origin] : []));
  const standIn = env().LATCHKEY_DEV_IDENTITY_PROVIDER?.origin;
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Next's development overlay brings styles of its own.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: https:${standIn ? ` ${standIn}` : ""}`,
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${["'self'", "https:", ...new Set(issuers)].join(" ")}`,
    "frame-src 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
