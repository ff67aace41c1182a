/** What mails there are. The kind is stored in the clear, so that a limit can be counted; the content is not. */
export type MailKind =
  | "sign_up_verification"
  | "sign_up_known_address"
  | "session_reuse"
  | "new_device"
  | "password_reset"
  | "password_changed"
  | "email_change_confirmation"
  | "email_change_notice"
  | "email_changed"
  | "second_factor_enabled"
  | "second_factor_disabled"
  | "second_factor_locked"
  | "recovery_code_used"
  | "recovery_codes_replaced"
  | "passkey_added"
  | "passkey_removed"
  | "magic_link"
  | "connection_added"
  | "connection_removed"
  | "account_deletion_requested"
  | "account_deletion_cancelled"
  | "account_deleted";

/** The period that mails to one address are counted over. */
export const MAIL_PERIOD_SECONDS = 60 * 60;

/**
 * Asking for a mail is answered no sooner than this, in milliseconds. The work takes a few of them, and one or two more where
 * there is a mail to write: without the wait, the answer's time would tell which addresses get one.
 */
export const MAIL_ANSWER_MS = 100;

/** How many mails a worker takes in hand at once, each over a connection of its own. */
export const MAILS_AT_ONCE = 10;

/**
 * How long a mail in hand is nobody else's. Longer than sending takes at worst (5 s to connect, 5 s for the greeting, 10 s
 * of silence), so that a second worker takes over only from one that is gone.
 */
export const LEASE_SECONDS = 60;

/** After this long nobody waits for the mail any more. */
export const GIVE_UP_AFTER_SECONDS = 24 * 60 * 60;

const FIRST_RETRY_SECONDS = 5;
const RETRY_FACTOR = 4;
const MAX_RETRY_SECONDS = 60 * 60;

/**
 * Seconds until the next attempt: 5, 20, 80, … up to an hour, less up to a quarter, so that what failed together does not
 * come back together.
 *
 * @param attempts - Attempts made so far, at least 1.
 * @param chance - A number from 0 up to 1.
 */
export function retryDelaySeconds(attempts: number, chance = Math.random()): number {
  const delay = Math.min(FIRST_RETRY_SECONDS * RETRY_FACTOR ** (attempts - 1), MAX_RETRY_SECONDS);
  return delay * (1 - chance / 4);
}
