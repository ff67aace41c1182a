/** Who has no password to type has to have proved within this time who they are. */
export const DELETION_MAX_AGE_SECONDS = 10 * 60;

/** Accounts that one sweep deletes at most, each in a transaction of its own: the next sweep goes on. */
export const PURGED_AT_ONCE = 50;
