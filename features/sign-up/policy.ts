/** The period that mails to one address are counted over. */
export const MAIL_PERIOD_SECONDS = 60 * 60;

/** Verification mails that anybody can have sent to one address in a period. */
export const MAX_VERIFICATION_MAILS = 5;

/** "You already have an account" mails that anybody can have sent to one address in a period. */
export const MAX_KNOWN_ADDRESS_MAILS = 1;

/** A sign-in tries a password against this many pending sign-ups of an address: as many as one period's mails can be for. */
export const MAX_PENDING_SIGN_UPS = 5;

/** 32 bytes as base64url. Anything else was not issued here. */
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Asking for another mail is answered no sooner than this, in milliseconds. The work takes a few of them, and one or two
 * more where there is a mail to write: without the wait, the answer's time would tell whose sign-up is pending.
 */
export const RESEND_ANSWER_MS = 100;
