/**
 * The longest that one timer runs. Above 2^31-1 ms a browser fires at once; and a machine that slept meanwhile has stopped its
 * timers, though not its clock, so it is asked now and then.
 */
const LONGEST_TIMER_MS = 60 * 60 * 1000;

/**
 * Runs something once, so long from now by the browser's clock.
 *
 * @returns What calls it off.
 */
export function runIn(delayMs: number, run: () => void): () => void {
  const dueAt = Date.now() + delayMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = () => {
    const leftMs = dueAt - Date.now();
    timer = setTimeout(leftMs > LONGEST_TIMER_MS ? arm : run, Math.min(leftMs, LONGEST_TIMER_MS));
  };
  arm();
  return () => clearTimeout(timer);
}
