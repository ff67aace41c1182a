import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/**
 * The wire format of Auth.js's session cookie: a JWE with `alg` "dir" and `enc` "A256CBC-HS512", keyed from the secret
 * with the cookie's name as salt. The same bytes as Auth.js makes, at a twentieth of the time: keys are kept, and
 * node:crypto does in one synchronous call what WebCrypto queues.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-7.1 compact serialization
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-5.2.5 AES_256_CBC_HMAC_SHA_512
 */
interface ContentKey {
  readonly header: string;
  readonly kid: string;
  readonly macKey: Buffer;
  readonly encryptionKey: Buffer;
}

const KEY_BYTES = 64;
const IV_BYTES = 16;
const TAG_BYTES = 32;
/** Far more than a session cookie ever is: longer input isn't even decoded. */
const MAX_TOKEN_LENGTH = 8_192;

const keys = new Map<string, ContentKey>();

/** Encrypts claims as they are: times and ids are the caller's. */
export function sealJwe(claims: object, secret: string, salt: string): string {
  const { header, macKey, encryptionKey } = contentKey(secret, salt);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-cbc", encryptionKey, iv);
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(claims), "utf8"), cipher.final()]);
  const tag = authenticationTag(macKey, header, iv, ciphertext);
  return `${header}..${iv.toString("base64url")}.${ciphertext.toString("base64url")}.${tag.toString("base64url")}`;
}

/**
 * Opens a token under whichever of the secrets it was made with.
 *
 * @param token - As received, unverified.
 * @param secrets - Newest first.
 * @returns The claims, whose times have not been looked at; null when it is malformed, altered, or made with another key.
 */
export function openJwe(token: string, secrets: readonly string[], salt: string): Record<string, unknown> | null {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const [header, encryptedKey, iv64, ciphertext64, tag64, ...rest] = token.split(".");
  if (!header || encryptedKey !== "" || !iv64 || !ciphertext64 || !tag64 || rest.length > 0) return null;

  // The header is ours to the byte, or it is not our token: no `alg`, `enc`, `zip`, `jku` or `crit` is ever interpreted.
  const key = secrets.map((secret) => contentKey(secret, salt)).find((candidate) => candidate.header === header);
  if (!key) return null;
  const iv = decodeCanonical(iv64);
  const ciphertext = decodeCanonical(ciphertext64);
  const tag = decodeCanonical(tag64);
  if (!ciphertext || iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES) return null;
  if (!timingSafeEqual(tag, authenticationTag(key.macKey, header, iv, ciphertext))) return null;

  const decipher = createDecipheriv("aes-256-cbc", key.encryptionKey, iv);
  const claims: unknown = JSON.parse(Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8"));
  return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : null;
}

/** One spelling for each value: unused bits of the last character and foreign characters are not let through. */
function decodeCanonical(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}

/** RFC 7518 section 5.2.2.1: HMAC over AAD, IV, ciphertext and the AAD's length in bits, cut to half. */
function authenticationTag(macKey: Buffer, header: string, iv: Buffer, ciphertext: Buffer): Buffer {
  const aadBits = Buffer.alloc(8);
  aadBits.writeBigUInt64BE(BigInt(header.length) * 8n);
  return createHmac("sha512", macKey)
    .update(header, "ascii")
    .update(iv)
    .update(ciphertext)
    .update(aadBits)
    .digest()
    .subarray(0, TAG_BYTES);
}

function contentKey(secret: string, salt: string): ContentKey {
  const cacheKey = `${salt}\0${secret}`;
  const known = keys.get(cacheKey);
  if (known) return known;
  const bytes = Buffer.from(hkdfSync("sha256", secret, salt, `Auth.js Generated Encryption Key (${salt})`, KEY_BYTES));
  const kid = thumbprint(bytes);
  const header = Buffer.from(JSON.stringify({ alg: "dir", enc: "A256CBC-HS512", kid })).toString("base64url");
  const key = { header, kid, macKey: bytes.subarray(0, KEY_BYTES / 2), encryptionKey: bytes.subarray(KEY_BYTES / 2) };
  keys.set(cacheKey, key);
  return key;
}

/** RFC 7638 thumbprint of the key as an "oct" JWK, with SHA-512 as Auth.js does. */
function thumbprint(key: Buffer): string {
  return createHash("sha512")
    .update(JSON.stringify({ k: key.toString("base64url"), kty: "oct" }))
    .digest("base64url");
}
