/** The mailbox keeps this many mails, the newest; older ones are removed as new ones come. */
export const MAX_MESSAGES = 500;

/** A larger mail is refused with SMTP's 552. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;
