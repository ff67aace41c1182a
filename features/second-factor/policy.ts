/**
 * How long a sign-in waits for its second factor, in seconds. Long enough to find the telephone.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html section 3.1.3.3: an out-of-band secret is good for ten minutes at most
 */
export const CHALLENGE_LIFETIME_SECONDS = 5 * 60;

/** Wrong codes that a challenge takes. After the last of them not even the right one completes it. */
export const MAX_CHALLENGE_FAILURES = 5;
