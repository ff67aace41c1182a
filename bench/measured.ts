import type { BytesRow } from "./bytes";
import type { MemoryRow } from "./memory";
import type { Row } from "./rounds";
import type { StartRow } from "./starts";

/** A scenario's table, and how it came about. */
export interface Table {
  readonly title: string;
  /** The name of the application that the others are held against; null where each is held against itself at rest. */
  readonly base: string | null;
  readonly rounds: number;
  readonly seconds: number;
  readonly rows: readonly Row[];
}

/** All that a run has measured. */
export interface Results {
  readonly requests: Record<string, Table>;
  starts?: readonly StartRow[];
  bytes?: readonly BytesRow[];
  memory?: readonly MemoryRow[];
}
