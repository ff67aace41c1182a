/** An access token is handed out only while it is good for this much longer: it still has to travel, and be used. */
export const MIN_REMAINING_SECONDS = 60;

/**
 * How long a renewal may keep others waiting before it counts as crashed. More than a call and the writing of its answer
 * can take, with all their timeouts.
 */
export const LEASE_SECONDS = 15;

/** Discovery and the call of the token endpoint together. */
export const CALL_TIMEOUT_MS = 5_000;

/** Answers of token endpoints have some two thousand bytes. */
export const MAX_ANSWER_BYTES = 64 * 1024;

/** How long a caller waits for the renewal of another instance: longer than a call, so that its end is seen. */
export const MAX_WAIT_MS = 8_000;

/** The pauses between two looks at the row, before jitter: short at first, since most providers answer within 200 ms. */
export const FIRST_PAUSE_MS = 50;
export const LONGEST_PAUSE_MS = 250;

/** How often the writing of renewed tokens is tried: a rotated refresh token that isn't written is lost. */
export const STORE_ATTEMPTS = 3;
