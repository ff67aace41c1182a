import { keysFor } from "@/lib/crypto/keys";
import { env } from "@/lib/env/env";
import { Failure } from "@/lib/failure";
import { log } from "@/lib/log";
import { dummyHash } from "./dummy-hash";
import { hashPool } from "./hash-pool";
import { pepperPassword } from "./pepper-password";
import { parseStoredHash, type StoredHash } from "./stored-hash";

/** What `verifyPassword` found. */
export interface PasswordVerification {
  readonly valid: boolean;
  /** The password is right, and its hash should be replaced by `hashPassword(password)`. Never true when it is wrong. */
  readonly needsUpgrade: boolean;
}

/** bcrypt reads no more of a password than this. */
const BCRYPT_MAX_BYTES = 72;

/**
 * Compares a password with what the database holds for an account, on another thread and in constant time.
 *
 * Takes hashes made here under any secret of `AUTH_SECRET`, and bare `$2a$`, `$2b$`, `$2y$` and `$argon2id$` ones that
 * were imported. An unknown account costs the same work as a known one, so that the time doesn't tell which it is.
 *
 * @param password - As typed, untrimmed. Bound its length before: nothing here is refused for being long.
 * @param storedHash - `null` when there is no such account, or it has no password.
 * @throws Failure `password_hash_malformed`; and those of `HashPool.run`.
 */
export async function verifyPassword(password: string, storedHash: string | null): Promise<PasswordVerification> {
  const stored = storedHash === null ? null : requireStoredHash(storedHash);
  const secret = stored && secretToVerify(password, stored);
  if (stored === null || secret === null) return refuseAfterSameWork(password);

  const valid =
    (await hashPool().run({ kind: `verify_${stored.algorithm}`, secret, hash: stored.libraryHash })) === true;
  return { valid, needsUpgrade: valid && !isCurrent(stored) };
}

function requireStoredHash(storedHash: string): StoredHash {
  const stored = parseStoredHash(storedHash);
  if (!stored) throw new Failure("password_hash_malformed", "A stored password hash is in no known format.");
  return stored;
}

/** What was hashed, if the password is right; `null` when no password can be. */
function secretToVerify(password: string, stored: StoredHash): string | null {
  if (stored.keyId !== null) {
    const key = keysFor("password-pepper").find(({ id }) => id === stored.keyId);
    if (key) return pepperPassword(password, key);
    log.warn({ keyId: stored.keyId }, "A password was hashed under a secret that AUTH_SECRET no longer holds.");
    return null;
  }
  // An imported bcrypt hash would take any tail after 72 bytes, and `ab` for `ab\0ab`, because bcrypt goes round its key.
  const isCutOff = Buffer.byteLength(password) > BCRYPT_MAX_BYTES || password.includes("\0");
  return stored.algorithm === "bcrypt" && isCutOff ? null : password;
}

function isCurrent(stored: StoredHash): boolean {
  const [newest] = keysFor("password-pepper");
  return stored.keyId === newest.id && stored.algorithm === env().PASSWORD_HASH && stored.hasCurrentCost;
}

async function refuseAfterSameWork(password: string): Promise<PasswordVerification> {
  const algorithm = env().PASSWORD_HASH;
  const [key] = keysFor("password-pepper");
  const secret = pepperPassword(password, key);
  await hashPool().run({ kind: `verify_${algorithm}`, secret, hash: dummyHash(algorithm) });
  return { valid: false, needsUpgrade: false };
}
