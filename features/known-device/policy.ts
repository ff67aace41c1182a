/** More in one day tell nothing new: a program that keeps no cookies signs in as a new device each time. */
export const MAX_NEW_DEVICE_MAILS = 10;
/** The day that they are counted in, in seconds. */
export const MAIL_PERIOD_SECONDS = 24 * 60 * 60;
