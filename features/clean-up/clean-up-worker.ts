import { systemClock } from "@/lib/clock";
import { log } from "@/lib/log";
import { SWEEP_INTERVAL_MS } from "./policy";
import { sweep } from "./sweep";

/**
 * Sweeps again and again while this process runs. A database that is away is tried at the next turn.
 *
 * @returns Ends it.
 */
export function startCleanUpWorker(): () => void {
  const timer = setInterval(() => void sweepOnce(), SWEEP_INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function sweepOnce(): Promise<void> {
  try {
    const rows = await sweep(systemClock());
    if (rows > 0) log.info({ rows }, "swept what has served its time");
  } catch (error) {
    log.warn({ error }, "the clean-up was put off");
  }
}
