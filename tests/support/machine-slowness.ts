import { availableParallelism, loadavg } from "node:os";

/**
 * How many times longer than alone something may take here just now: as many processes as want each core. Bounds in seconds are
 * promises of an application that has its machine to itself.
 */
export function machineSlowness(): number {
  const [lastMinute = 0] = loadavg();
  return Math.max(1, lastMinute / availableParallelism());
}
