import { hkdfSync } from "node:crypto";

import { env } from "@/lib/env/env";
import { sealingSecret, secretId } from "./sealing-secret";

/** What a key is for. Each purpose has a key of its own, so that nothing sealed for one opens as another. */
export type KeyPurpose =
  | "password-pepper"
  | "mail-content"
  | "provider-flow"
  | "provider-token"
  | "rate-limit"
  | "signing-key"
  | "totp-secret";

const KEY_BYTES = 32;
const derived = new Map<string, DerivedKey>();

/** A key derived from one of the secrets of `AUTH_SECRET`. */
export interface DerivedKey {
  /** Names the secret without telling it. */
  readonly id: string;
  readonly key: Buffer;
}

/**
 * The keys for a purpose, one for each secret of `AUTH_SECRET`: make with the first, accept all.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5869 HKDF
 */
export function keysFor(purpose: KeyPurpose): [DerivedKey, ...DerivedKey[]] {
  const first = sealingSecret();
  const others = env().AUTH_SECRET.filter((secret) => secret !== first);
  return [deriveKey(first, purpose), ...others.map((secret) => deriveKey(secret, purpose))];
}

function deriveKey(secret: string, purpose: KeyPurpose): DerivedKey {
  const cacheKey = `${purpose}\0${secret}`;
  const known = derived.get(cacheKey);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", secret, "", `latchkey ${purpose}`, KEY_BYTES));
  const made = { id: secretId(secret), key };
  derived.set(cacheKey, made);
  return made;
}
