import { setTimeout as sleep } from "node:timers/promises";

/**
 * The outcome of `work`, kept back until `ms` milliseconds are over: how long the work took then tells nothing, as long as
 * it took less. A failure is not kept back.
 */
export async function noSoonerThan<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const [value] = await Promise.all([work, sleep(ms)]);
  return value;
}
