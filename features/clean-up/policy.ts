/** Rows deleted in one transaction: small enough that nobody waits behind it. */
export const BATCH_ROWS = 500;
/** How often each instance looks whether there is something to sweep. */
export const SWEEP_INTERVAL_MS = 5 * 60 * 1000;

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * How long rows are kept after they have served, in seconds.
 *
 * An ended session says for so long why it ended; a mail's row, by then without content, counts against limits.
 */
export const RETENTION_SECONDS = {
  endedSessions: 30 * DAY_SECONDS,
  finishedMails: 7 * DAY_SECONDS,
  expiredTokens: HOUR_SECONDS,
  expiredSignUps: HOUR_SECONDS,
  expiredEmailChanges: HOUR_SECONDS,
} as const;

/**
 * How long the revocation feed keeps an entry beyond the longest time that a cookie or token issued before it can be inside
 * its window.
 */
export const FEED_MARGIN_SECONDS = HOUR_SECONDS;
