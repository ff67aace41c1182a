import "server-only";

import * as z from "zod";

import { type Database, db, inTransaction } from "@/lib/db";
import { SIGNING_ALGORITHM } from "./policy";
import { type PublicJwk, PublicJwkSchema } from "./public-jwk";

const KeyStateSchema = z.enum(["next", "current", "previous"]);

/** "next" is published and waits; "current" signs; "previous" is published for what it has signed. */
export type KeyState = z.output<typeof KeyStateSchema>;

/** A signing key as it is stored. */
export interface StoredKey {
  /** The `kid`. */
  readonly id: string;
  readonly state: KeyState;
  readonly publicJwk: PublicJwk;
  /** Opens with `unseal("signing-key", …, id)`. */
  readonly sealedPrivateJwk: Uint8Array<ArrayBuffer>;
  /** Published since then. */
  readonly createdAt: Date;
  /** Signs, or signed, since then. */
  readonly activatedAt: Date | null;
  /** Signs no more since then. */
  readonly retiredAt: Date | null;
}

/** What changes when a key's state does. */
export type KeyStep = { state: "current"; activatedAt: Date } | { state: "previous"; retiredAt: Date };

/** Runs `work` in one transaction that is the only one of its kind, on whichever instance. */
export function withKeysLocked<Value>(work: (database: Database) => Promise<Value>): Promise<Value> {
  return inTransaction(async (database) => {
    await database.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('signing keys', 0))`;
    return work(database);
  });
}

/** All signing keys, oldest first. */
export async function findSigningKeys(database: Database = db()): Promise<StoredKey[]> {
  const rows = await database.signingKey.findMany({
    where: { algorithm: SIGNING_ALGORITHM },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
      state: true,
      publicJwk: true,
      sealedPrivateJwk: true,
      createdAt: true,
      activatedAt: true,
      retiredAt: true,
    },
  });
  return rows.map((row) => ({
    ...row,
    state: KeyStateSchema.parse(row.state),
    publicJwk: PublicJwkSchema.parse(row.publicJwk),
  }));
}

/** Stores a new key. */
export async function insertSigningKey(database: Database, key: Omit<StoredKey, "retiredAt">): Promise<void> {
  await database.signingKey.create({ data: { ...key, algorithm: SIGNING_ALGORITHM }, select: { id: true } });
}

/** Moves a key on to its next state. */
export async function moveSigningKey(database: Database, id: string, step: KeyStep): Promise<void> {
  await database.signingKey.update({ where: { id }, data: step, select: { id: true } });
}

/** Forgets keys: nothing that they signed is accepted any more. */
export async function deleteSigningKeys(database: Database, ids: readonly string[]): Promise<void> {
  await database.signingKey.deleteMany({ where: { id: { in: [...ids] } } });
}
