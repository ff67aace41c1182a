import type { DerivedKey } from "@/lib/crypto/keys";
import { ARGON2ID_PARAMETERS, BCRYPT_COST, type PasswordHashAlgorithm } from "./policy";

/** What the database holds for a password, taken apart. */
export interface StoredHash {
  readonly algorithm: PasswordHashAlgorithm;
  /** The secret it was peppered with; `null` for a hash that was imported from elsewhere, made of the bare password. */
  readonly keyId: string | null;
  /** What the hash function's own library wrote and reads: `$2b$12$…` or `$argon2id$v=19$…`. */
  readonly libraryHash: string;
  /** Whether it was made with today's cost. */
  readonly hasCurrentCost: boolean;
}

/** `lk1$bcrypt$<key id>` and then the library's own string, which begins with a `$`. */
const OWN_FORMAT = /^lk1\$(?:bcrypt|argon2id)\$(?<keyId>[\w-]{8})(?<libraryHash>\$.+)$/;
const BCRYPT = /^\$2[aby]\$(?<cost>\d{2})\$[./A-Za-z0-9]{53}$/;
const ARGON2ID =
  /^\$argon2id\$v=19\$m=(?<memoryKib>\d{1,6}),t=(?<passes>\d{1,2}),p=(?<lanes>\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,86}$/;

/** Beyond these an imported hash would hold a thread for minutes, or take the server's memory. */
const MAX_BCRYPT_COST = 16;
const MIN_BCRYPT_COST = 4;
const MAX_ARGON2ID = { memoryKib: 256 * 1024, passes: 16, lanes: 16 } as const;

/**
 * Takes apart what the database holds.
 *
 * @returns `null` when it is of no format that is known here, or asks for more work than any sane one.
 * @see https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md
 */
export function parseStoredHash(stored: string): StoredHash | null {
  const own = OWN_FORMAT.exec(stored)?.groups;
  const keyId = own?.["keyId"] ?? null;
  const parsed = parseLibraryHash(own?.["libraryHash"] ?? stored);
  if (!parsed || (own && !stored.startsWith(`lk1$${parsed.algorithm}$`))) return null;
  return { ...parsed, keyId };
}

/** Puts together what the database shall hold. */
export function formatStoredHash(algorithm: PasswordHashAlgorithm, key: DerivedKey, libraryHash: string): string {
  return `lk1$${algorithm}$${key.id}${libraryHash}`;
}

function parseLibraryHash(libraryHash: string): Omit<StoredHash, "keyId"> | null {
  const bcrypt = BCRYPT.exec(libraryHash)?.groups;
  if (bcrypt) {
    const cost = Number(bcrypt["cost"]);
    if (cost < MIN_BCRYPT_COST || cost > MAX_BCRYPT_COST) return null;
    return { algorithm: "bcrypt", libraryHash, hasCurrentCost: cost === BCRYPT_COST };
  }
  const argon2id = ARGON2ID.exec(libraryHash)?.groups;
  if (!argon2id) return null;
  const parameters = [Number(argon2id["memoryKib"]), Number(argon2id["passes"]), Number(argon2id["lanes"])] as const;
  const [memoryKib, passes, lanes] = parameters;
  const { memoryKib: maxMemoryKib, passes: maxPasses, lanes: maxLanes } = MAX_ARGON2ID;
  // RFC 9106: at least one pass, and 8 KiB for each lane.
  if (lanes < 1 || lanes > maxLanes || passes < 1 || passes > maxPasses) return null;
  if (memoryKib < 8 * lanes || memoryKib > maxMemoryKib) return null;
  const current = ARGON2ID_PARAMETERS;
  const hasCurrentCost = memoryKib === current.memoryKib && passes === current.passes && lanes === current.lanes;
  return { algorithm: "argon2id", libraryHash, hasCurrentCost };
}
