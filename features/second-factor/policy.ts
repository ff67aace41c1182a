/**
 * How long a sign-in waits for its second factor, in seconds: half of what NIST SP 800-63B-4 section 3.1.3.3 allows a code that
 * is sent.
 */
export const CHALLENGE_LIFETIME_SECONDS = 5 * 60;

/** Wrong codes that a challenge takes. After the last of them not even the right one completes it. */
export const MAX_CHALLENGE_FAILURES = 5;

/** So many wrong codes, over all challenges, steps-up and kinds of code, lock an account's authenticator app for a while. */
export const FAILURES_BEFORE_LOCK = 10;
const FIRST_LOCK_SECONDS = 60;
const LONGEST_LOCK_SECONDS = 24 * 60 * 60;

/** Wrong codes are forgotten with the first right one, or so long after the first of them. */
export const FAILURES_KEPT_SECONDS = 30 * 24 * 60 * 60;

/**
 * For how long an account's authenticator app is locked after so many wrong codes in a row: from the tenth on 1, 2, 4, … minutes, up
 * to a day.
 *
 * About 50 guesses in 30 days, each with three chances in a million: one in 6,600 for somebody who has the first factor and
 * goes on for a month. Recovery codes and passkeys, which nobody guesses, work all the same: the owner is never locked out.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html section 3.2.2: at most 100 in a row
 */
export function lockSeconds(failures: number): number {
  if (failures < FAILURES_BEFORE_LOCK) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** (failures - FAILURES_BEFORE_LOCK), LONGEST_LOCK_SECONDS);
}
