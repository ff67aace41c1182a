/** How long a link and its code sign in, in seconds. */
export const MAGIC_LINK_LIFETIME_SECONDS = 15 * 60;

/**
 * Tries that a code gets. With one row for each address and five mails an hour, that is 25 guesses at a million an hour.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#outofband
 */
export const MAX_CODE_TRIES = 5;

/** Mails with a link that anybody can have sent to one address within an hour. */
export const MAX_MAGIC_LINK_MAILS = 5;

/** How many digits a code has. */
export const CODE_DIGITS = 6;
