import { keysFor } from "@/lib/crypto/keys";
import { env } from "@/lib/env/env";
import { Failure } from "@/lib/failure";
import { type HashJob, hashPool } from "./hash-pool";
import { pepperPassword } from "./pepper-password";
import { ARGON2ID_PARAMETERS, BCRYPT_COST } from "./policy";
import { formatStoredHash } from "./stored-hash";

/**
 * Hashes a new password as the configuration says (`PASSWORD_HASH`), on another thread.
 *
 * @param password - As typed, untrimmed, after `checkPassword` took it.
 * @returns What to store, such as `lk1$bcrypt$<key id>$2b$12$…`: it names its format, its algorithm, its secret and its cost.
 * @throws Failure `hash_queue_full`, `hash_worker_crashed`, `hash_failed`: see `HashPool.run`.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver NIST SP 800-63B-4 section 3.1.1.2
 */
export async function hashPassword(password: string): Promise<string> {
  const algorithm = env().PASSWORD_HASH;
  const [key] = keysFor("password-pepper");
  const secret = pepperPassword(password, key);
  const job: HashJob =
    algorithm === "bcrypt"
      ? { kind: "hash_bcrypt", secret, cost: BCRYPT_COST }
      : { kind: "hash_argon2id", secret, ...ARGON2ID_PARAMETERS };
  const libraryHash = await hashPool().run(job);
  if (typeof libraryHash !== "string") throw new Failure("hash_failed", "A worker answered a hash job with no hash.");
  return formatStoredHash(algorithm, key, libraryHash);
}
