import { createHash, randomBytes } from "node:crypto";

/** 256 bits: twice what ASVS 5.0 V7.2.3 and NIST SP 800-63B-4 section 3.1.2 ask of a secret that is looked up. */
const TOKEN_BYTES = 32;

/** 32 bytes as base64url. Anything else was not issued here. */
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** A new one-time token, as it stands in a link: 43 characters of base64url. */
export function randomToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/**
 * What the database holds of a token. A plain SHA-256 is enough: 256 random bits leave nothing to guess.
 *
 * @param token - As received from the client, unverified.
 */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}
