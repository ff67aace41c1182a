/** RFC 6238 section 5.2 recommends a step of 30 seconds, and RFC 4226 section 5.3 asks for six digits: what every app does. */
export const STEP_SECONDS = 30;
export const CODE_DIGITS = 6;

/** Codes of one step before and after the current one are taken, for clocks that differ (RFC 6238 section 6). */
export const WINDOW_STEPS = 1;

/** 160 bits, as RFC 4226 section 4 recommends: as long as the output of the SHA-1 that apps compute with. */
export const SECRET_BYTES = 20;

/** How long a secret waits to be confirmed by its first code, in seconds. */
export const ENROLMENT_LIFETIME_SECONDS = 60 * 60;

/** Turning the second factor on or off, and new recovery codes, are for whoever has proved so recently who they are. */
export const CHANGE_FACTOR_MAX_AGE_SECONDS = 10 * 60;
