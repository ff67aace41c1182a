/** Verification mails that anybody can have sent to one address in a period. */
export const MAX_VERIFICATION_MAILS = 5;

/** "You already have an account" mails that anybody can have sent to one address in a period. */
export const MAX_KNOWN_ADDRESS_MAILS = 1;

/** A sign-in tries a password against this many pending sign-ups of an address: as many as one period's mails can be for. */
export const MAX_PENDING_SIGN_UPS = 5;
