/** How long the old address can undo a change, in seconds: over a weekend away from the mailbox. */
export const UNDO_LIFETIME_SECONDS = 72 * 60 * 60;

/** An account without a password proves itself by a sign-in that is no older, in seconds. */
export const EMAIL_CHANGE_MAX_AGE_SECONDS = 10 * 60;

/** How often an account may ask for another address within an hour. Each time, the present one is told. */
export const MAX_REQUESTS = 5;

/** Mails that accounts can have sent to one new address within an hour, all of them together. */
export const MAX_CONFIRMATION_MAILS = 5;
