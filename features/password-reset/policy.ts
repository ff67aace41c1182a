/** What the row of a reset token says that it is for. */
export const RESET_PURPOSE = "password_reset";

/** Mails about a forgotten password that anybody can have sent to one address in a period. */
export const MAX_RESET_MAILS = 5;
