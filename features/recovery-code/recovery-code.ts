import { createHash, randomBytes } from "node:crypto";

import type { UserId } from "@/features/account/user-id";
import { CODE_CHARACTERS, CODES_AT_ONCE } from "./policy";

/** Crockford's base 32: no letter that can be taken for a digit. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const GROUP_CHARACTERS = 4;
const TYPED = new RegExp(`^[${ALPHABET}]{${CODE_CHARACTERS}}$`);

/** New codes, as they are shown: `k7qf-2m4d-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES_AT_ONCE }, newRecoveryCode);
}

function newRecoveryCode(): string {
  // 256 is a multiple of 32: each character is as likely as any other.
  const characters = [...randomBytes(CODE_CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return characters.match(new RegExp(`.{${GROUP_CHARACTERS}}`, "g"))?.join("-") ?? "";
}

/**
 * Reads a code as people type it: in any case, with or without dashes and spaces, `o` for `0`, `i` or `l` for `1`.
 *
 * @returns null for what can't be one.
 * @see https://www.crockford.com/base32.html
 */
export function parseRecoveryCode(typed: string): string | null {
  const code = typed.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
  return TYPED.test(code) ? code : null;
}

/** What the database holds of a code: bound to its owner, so that equal rows would tell nothing and move nowhere. */
export function hashRecoveryCode(userId: UserId, code: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(`${userId}:${code}`).digest());
}
