import { hkdfSync } from "node:crypto";

import { env } from "@/lib/env/env";

/** What a key is for. Each purpose has a key of its own, so that nothing sealed for one opens as another. */
export type KeyPurpose = "password-pepper" | "mail-content" | "one-time-token" | "provider-token" | "signing-key";

const KEY_BYTES = 32;
const derived = new Map<string, Buffer>();

/** A key derived from one of the secrets of `AUTH_SECRET`. */
export interface DerivedKey {
  /** Names the secret without telling it: the first bytes of a derivation of its own. */
  readonly id: string;
  readonly key: Buffer;
}

/**
 * The keys for a purpose, one for each secret of `AUTH_SECRET`, newest first: make with the first, accept all.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5869 HKDF
 */
export function keysFor(purpose: KeyPurpose): [DerivedKey, ...DerivedKey[]] {
  const [newest, ...older] = env().AUTH_SECRET;
  if (newest === undefined) throw new Error("AUTH_SECRET was validated to hold a secret.");
  return [deriveKey(newest, purpose), ...older.map((secret) => deriveKey(secret, purpose))];
}

function deriveKey(secret: string, purpose: KeyPurpose): DerivedKey {
  return {
    id: hkdf(secret, "latchkey key id", 6).toString("base64url"),
    key: hkdf(secret, `latchkey ${purpose}`, KEY_BYTES),
  };
}

function hkdf(secret: string, info: string, bytes: number): Buffer {
  const cacheKey = `${info}\0${secret}`;
  const known = derived.get(cacheKey);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", secret, "", info, bytes));
  derived.set(cacheKey, key);
  return key;
}
