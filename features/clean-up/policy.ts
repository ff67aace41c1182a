/** Rows deleted in one transaction: small enough that nobody waits behind it. */
export const BATCH_ROWS = 500;
/** How often each instance looks whether there is something to sweep. */
export const SWEEP_INTERVAL_MS = 5 * 60 * 1000;
