import type { SessionRow } from "./data";

/** Where a presented generation stands against its session's row. */
export type Standing =
  /** The row's own generation, or newer: the row was restored from before its last rotation. */
  | "current"
  /** Superseded so recently that it may have been on its way (S4). */
  | "excused"
  /** Its successor never arrived anywhere (S5). */
  | "successor_lost"
  /** Superseded, and nothing excuses it: a copy (S6). */
  | "reuse";

/**
 * Judges a presented generation.
 *
 * @param graceSince - Rotations before this instant are out of their grace. Each rotation since then excuses one more superseded generation.
 */
export function standing(
  generation: number,
  row: Pick<SessionRow, "generation" | "confirmedGeneration" | "recentRotations">,
  graceSince: Date,
): Standing {
  const superseded = row.generation - generation;
  if (superseded <= 0) return "current";
  if (superseded <= row.recentRotations.filter((rotatedAt) => rotatedAt > graceSince).length) return "excused";
  return superseded === 1 && row.confirmedGeneration < row.generation ? "successor_lost" : "reuse";
}
