const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * THE retention times: how long what is stored is kept after it has served, in seconds. The clean-up goes by them, cookies and
 * pages say them, and `what-is-kept.ts` has a line for every table.
 */
export const RETENTION_SECONDS = {
  /** An account after its owner, or somebody in their place, asked to have it deleted: so long it can still be kept. */
  deletedAccounts: 14 * DAY_SECONDS,
  /** An ended session says for so long why it ended. */
  endedSessions: 30 * DAY_SECONDS,
  /** A mail's row, by then without content, counts against limits. */
  finishedMails: 7 * DAY_SECONDS,
  /** Links, codes and challenges, from when they expire. */
  expiredTokens: HOUR_SECONDS,
  expiredSignUps: HOUR_SECONDS,
  expiredEmailChanges: HOUR_SECONDS,
  /** A browser is known for so long after the last sign-in there. */
  unseenDevices: 365 * DAY_SECONDS,
  /** A count that a rate limit goes by, after its window. */
  spentLimits: HOUR_SECONDS,
  /** An entry of the revocation feed, beyond the longest time that a cookie or token from before it can be inside its window. */
  feedEntries: HOUR_SECONDS,
} as const;
