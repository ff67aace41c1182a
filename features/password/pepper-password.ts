import { createHmac } from "node:crypto";

import type { DerivedKey } from "@/lib/crypto/keys";
import { normalizePassword } from "./normalize-password";

/**
 * HMAC-SHA-256 of the normalised password, as 44 characters of base64: what is given to bcrypt or argon2id.
 *
 * bcrypt reads 72 bytes and stops, in many implementations at the first NUL too. Of this it reads everything, however
 * long the password is. And without the key, a leaked table of hashes can't be attacked at all.
 *
 * @param key - Of the purpose `password-pepper`.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver NIST SP 800-63B-4 section 3.1.1.2, keyed hashing
 */
export function pepperPassword(password: string, { key }: DerivedKey): string {
  return createHmac("sha256", key).update(normalizePassword(password), "utf8").digest("base64");
}
