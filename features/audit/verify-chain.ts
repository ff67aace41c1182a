import { createHash } from "node:crypto";

import { type ChainedRow, findChainedRows } from "./data";

/** Rows read at once: as much as is ever held in memory. */
const BATCH_ROWS = 1000;

/** How a row breaks the chain. */
export type ChainBreak =
  /** What it says is not what was hashed, or its hash is another one. */
  | "altered"
  /** It holds, but not after the row that stands before it: others between them are gone, or that one was hashed anew. */
  | "missing_before"
  /** What it names as the hash before it was changed; all else about it holds. */
  | "wrong_previous"
  /** The row that was noted down earlier is gone, or is another one. */
  | "not_as_noted";

/** A row's place in the chain, to be noted down somewhere else. */
export interface ChainMark {
  readonly id: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/** What came of walking the chain; `rows` are those that hold. */
export type ChainVerdict =
  | { state: "holds"; rows: number; newest: ChainMark | null }
  | {
      state: "broken";
      rows: number;
      reason: ChainBreak;
      row: { id: string; kind: string | null; recordedAt: string | null };
      before: string | null;
    };

/**
 * Walks the audit log from its first row, and stops at the first that breaks the chain.
 *
 * It makes each hash itself rather than ask the database's own function, which whoever alters rows could alter as well. What
 * it can't see from inside is that the newest rows are gone, or that all was hashed anew from some row on: for that, note
 * down the newest row's mark elsewhere from time to time, and hand it in here.
 *
 * @param noted - A mark from an earlier walk, which must still be there.
 */
export async function verifyChain(noted: ChainMark | null = null): Promise<ChainVerdict> {
  let rows = 0;
  let last: ChainedRow | null = null;
  let foundNoted = noted === null;
  for await (const row of walk()) {
    const isNoted = noted?.id === row.id;
    const reason = findBreak(row, last) ?? (isNoted && hex(row.hash) !== noted.hash ? "not_as_noted" : null);
    if (reason) return broken(reason, row, last, rows);
    foundNoted ||= isNoted;
    last = row;
    rows += 1;
  }
  if (!foundNoted && noted) return broken("not_as_noted", { id: noted.id, kind: null, recordedAt: null }, last, rows);
  return { state: "holds", rows, newest: last && { id: last.id, hash: hex(last.hash) } };
}

/** Ids are given out in the order of the chain, and a row is there before the next: to walk on from the last misses none. */
async function* walk(): AsyncGenerator<ChainedRow> {
  let after = "0";
  for (;;) {
    const batch = await findChainedRows(after, BATCH_ROWS);
    yield* batch;
    after = batch.at(-1)?.id ?? after;
    if (batch.length < BATCH_ROWS) return;
  }
}

function broken(
  reason: ChainBreak,
  { id, kind, recordedAt }: { id: string; kind: string | null; recordedAt: string | null },
  last: ChainedRow | null,
  rows: number,
): ChainVerdict {
  return { state: "broken", rows, reason, row: { id, kind, recordedAt }, before: last?.id ?? null };
}

function findBreak(row: ChainedRow, before: ChainedRow | null): ChainBreak | null {
  const hashBefore = before?.hash ?? new Uint8Array();
  const isLinked = equal(row.previousHash, hashBefore);
  if (!equal(digest(row, row.previousHash), row.hash)) {
    return !isLinked && equal(digest(row, hashBefore), row.hash) ? "wrong_previous" : "altered";
  }
  // Ids don't tell which of the two: they have gaps without a row being gone.
  return isLinked ? null : "missing_before";
}

/** SHA-256 over the hash before it and the row as PostgreSQL writes it as a jsonb array. */
function digest(row: ChainedRow, hashBefore: Uint8Array): Uint8Array {
  const { id, epoch, kind, userId, sessionId, ip, userAgent, details } = row;
  const texts = [epoch, kind, userId, sessionId, ip, userAgent].map((text) => JSON.stringify(text));
  return createHash("sha256")
    .update(hashBefore)
    .update(`[${[id, ...texts, details].join(", ")}]`)
    .digest();
}

const equal = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
