/**
 * How well times tell two kinds apart: the Mann-Whitney AUC, which is how often a time of the first kind is the longer one.
 * 0.5 tells nothing, 0 and 1 tell all.
 */
export function separation(first: readonly number[], second: readonly number[]): number {
  let wins = 0;
  for (const a of first) for (const b of second) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (first.length * second.length);
}
