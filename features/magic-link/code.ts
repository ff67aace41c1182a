import { timingSafeEqual } from "node:crypto";

import { hashToken } from "@/lib/crypto/random-token";

/**
 * What the database holds of a code. Six digits alone could be guessed from their hash at once; with the browser's token, 256
 * bits that the database doesn't hold, they can't.
 */
export function hashCode(code: string, browserToken: string): Uint8Array<ArrayBuffer> {
  return hashToken(`${browserToken}:${code}`);
}

/** Whether two hashes are the same, in a time that tells nothing. */
export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return timingSafeEqual(one, other);
}
