/** As many as the pool of `db()` has: more at once would wait for a connection, and on a busy machine in vain. */
const AT_ONCE = 10;

/** What comes of doing the same fifty times, ten at once. */
export async function fiftyTimes<Value>(work: () => Promise<Value>): Promise<Value[]> {
  const outcomes: Value[] = [];
  while (outcomes.length < 50) {
    outcomes.push(...(await Promise.all(Array.from({ length: AT_ONCE }, work))));
  }
  return outcomes;
}
