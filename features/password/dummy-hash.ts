import { randomBytes } from "node:crypto";

import { ARGON2ID_PARAMETERS, BCRYPT_COST, type PasswordHashAlgorithm } from "./policy";

const base64 = (bytes: number) => randomBytes(bytes).toString("base64").replaceAll("=", "");

/** Salt and digest at random in bcrypt's own base64, which has `.` in place of `+`. */
const bcryptDummy = `$2b$${BCRYPT_COST}$${base64(40).replaceAll("+", ".").slice(0, 53)}`;

const { memoryKib, passes, lanes } = ARGON2ID_PARAMETERS;
const argon2idDummy = `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${base64(16)}$${base64(32)}`;

/**
 * A well-formed hash of no known password, at today's cost: checking a password against it takes the same work as
 * against an account's. It is made of random bytes and not by hashing, so the first use takes no longer than the others.
 */
export function dummyHash(algorithm: PasswordHashAlgorithm): string {
  return algorithm === "bcrypt" ? bcryptDummy : argon2idDummy;
}
