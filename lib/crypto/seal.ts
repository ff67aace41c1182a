import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { Failure } from "@/lib/failure";
import { type KeyPurpose, keysFor } from "./keys";

/**
 * Sealed format, version 1: version (1 byte) · key id (8 bytes, base64url text) · nonce (12) · tag (16) · ciphertext.
 * The header is authenticated with the content.
 */
const VERSION = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;

/**
 * Encrypts and authenticates with AES-256-GCM under the newest secret.
 *
 * @param context - Bound to the content but not stored, such as the row's id: a sealed value copied into another row doesn't open.
 * @see https://csrc.nist.gov/pubs/sp/800/38/d/final
 */
export function seal(purpose: KeyPurpose, content: string, context: string): Uint8Array<ArrayBuffer> {
  const [{ id, key }] = keysFor(purpose);
  const header = Buffer.concat([Buffer.from([VERSION]), Buffer.from(id, "ascii")]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
  const ciphertext = Buffer.concat([cipher.update(content, "utf8"), cipher.final()]);
  return Uint8Array.from(Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]));
}

/**
 * Opens what `seal` made, under whichever secret of `AUTH_SECRET` it was made with.
 *
 * @throws Failure `seal_broken` when it was altered, belongs to another context, or its secret is gone.
 */
export function unseal(purpose: KeyPurpose, sealed: Uint8Array, context: string): string {
  const bytes = Buffer.from(sealed);
  const header = bytes.subarray(0, HEADER_BYTES);
  const id = header.subarray(1).toString("ascii");
  const match = keysFor(purpose).find((candidate) => candidate.id === id);
  if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || header[0] !== VERSION || !match) {
    throw new Failure("seal_broken", `Sealed ${purpose} has no known version or key.`);
  }
  const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const tag = bytes.subarray(HEADER_BYTES + NONCE_BYTES, HEADER_BYTES + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", match.key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
  decipher.setAuthTag(tag);
  try {
    const content = decipher.update(bytes.subarray(HEADER_BYTES + NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([content, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Failure("seal_broken", `Sealed ${purpose} does not authenticate.`, { cause });
  }
}

/** Whether sealing the same content today would take the same key: if not, seal it anew while its secret is there (S12). */
export function isSealedWithNewest(purpose: KeyPurpose, sealed: Uint8Array): boolean {
  const [{ id }] = keysFor(purpose);
  return Buffer.from(sealed).subarray(1, HEADER_BYTES).toString("ascii") === id;
}
