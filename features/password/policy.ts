/**
 * Shortest password that is the only factor, in characters.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver NIST SP 800-63B-4 section 3.1.1.2
 */
export const PASSWORD_MIN_LENGTH = 15;

/** Shortest password of an account that also asks for a second factor, in characters (the same section). */
export const PASSWORD_MIN_LENGTH_WITH_SECOND_FACTOR = 8;

/** Longest password, in characters. NIST asks for 64 or more; the bound only keeps the work of a request small. */
export const PASSWORD_MAX_LENGTH = 256;

/** What must be left of a password, in characters, once the words that a stranger knows of its owner are taken out. */
export const PASSWORD_MIN_LENGTH_BEYOND_CONTEXT = 8;

/** The ways to hash a password; `PASSWORD_HASH` chooses the one for new hashes. */
export type PasswordHashAlgorithm = "bcrypt" | "argon2id";

/** Cost of bcrypt: 2^12 rounds. OWASP asks for 10 or more. */
export const BCRYPT_COST = 12;

/**
 * Parameters of argon2id: memory in KiB, passes over it, lanes.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
export const ARGON2ID_PARAMETERS = { memoryKib: 19 * 1024, passes: 2, lanes: 1 } as const;

/**
 * Hashes that may wait for each worker thread. At bcrypt's third of a second, the last of them waits about ten
 * seconds; whoever comes after it is better told at once to come back.
 */
export const HASH_JOBS_WAITING_PER_WORKER = 32;
