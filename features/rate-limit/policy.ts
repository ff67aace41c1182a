const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** So many tries within so many seconds, counted from the first of them; then none until that time is over. */
export interface Budget {
  /** Multiplied by `RATE_LIMIT_SCALE`. */
  readonly tries: number;
  readonly seconds: number;
  /** Drawn from only by tries that all other budgets let pass, so that refused ones don't use it up. */
  readonly last?: true;
}

/**
 * Every rate limit. The name's end says whose it is: `_account` an e-mail address's, whether or not it has an account;
 * `_device` a browser's that the account knows; `_network` an IPv4 address's or an IPv6 /64's; `_session` a session's;
 * `_everybody` the whole site's.
 *
 * Of passwords, codes and passkeys only the wrong ones count in the end: the right one gives its try back.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#throttle section 3.2.2: at most 100 failures in a row for an account
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html#login-throttling by account, since
 *   guesses at one account come from many addresses
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Credential_Stuffing_Prevention_Cheat_Sheet.html by network, since one
 *   address tries many accounts
 */
export const BUDGETS = {
  // As many typing errors as a person makes, and at most 40 an hour for somebody who guesses …
  password_account: { tries: 10, seconds: 15 * MINUTE_SECONDS },
  // … who comes to NIST's 100 after two and a half hours, and then has to wait for a month.
  password_account_month: { tries: 100, seconds: 30 * DAY_SECONDS, last: true },
  // The owner's browser has its own, which nobody else can use up.
  password_device: { tries: 10, seconds: 15 * MINUTE_SECONDS },
  password_device_month: { tries: 100, seconds: 30 * DAY_SECONDS, last: true },
  // An office behind one address makes a few errors each morning; stuffing a list of accounts makes thousands.
  password_network: { tries: 50, seconds: 15 * MINUTE_SECONDS },
  // A hundred networks at full speed: what is left to stop a botnet with.
  password_everybody: { tries: 5000, seconds: 15 * MINUTE_SECONDS, last: true },

  // Six digits. Each challenge and each account has its own count besides (features/second-factor, features/magic-link).
  code_network: { tries: 50, seconds: 15 * MINUTE_SECONDS },
  code_everybody: { tries: 5000, seconds: 15 * MINUTE_SECONDS, last: true },

  // Nobody guesses a signature: this is against the work of checking it.
  passkey_network: { tries: 100, seconds: 15 * MINUTE_SECONDS },
  passkey_everybody: { tries: 10_000, seconds: 15 * MINUTE_SECONDS, last: true },
  // Each visit to the sign-in page asks for one, and writes a row.
  passkey_options_network: { tries: 300, seconds: 15 * MINUTE_SECONDS },
  passkey_options_everybody: { tries: 30_000, seconds: 15 * MINUTE_SECONDS, last: true },

  // A hash each, and a mail to somebody who may never have asked for it: a class of students fits in, a flood doesn't.
  sign_up_network: { tries: 30, seconds: HOUR_SECONDS },
  sign_up_everybody: { tries: 2000, seconds: HOUR_SECONDS, last: true },
  // Asking for mails: to one address there go five of a kind an hour at most, whoever asks (features/mail).
  mail_network: { tries: 30, seconds: HOUR_SECONDS },
  mail_everybody: { tries: 3000, seconds: HOUR_SECONDS, last: true },
  // A hash each, for whoever has a link.
  reset_network: { tries: 30, seconds: HOUR_SECONDS },
  reset_everybody: { tries: 3000, seconds: HOUR_SECONDS, last: true },

  // Nobody guesses a provider's signature either. The right ones, of which a provider may have thousands at once, don't count.
  logout_token_network: { tries: 100, seconds: 15 * MINUTE_SECONDS },
  logout_token_everybody: { tries: 10_000, seconds: 15 * MINUTE_SECONDS, last: true },

  // Fifty tabs that wake at once, twice, and still some.
  refresh_session: { tries: 120, seconds: MINUTE_SECONDS },
} as const satisfies Record<string, Budget>;

/** The name of a budget. It is part of its keys: a new name begins with nothing counted. */
export type BudgetName = keyof typeof BUDGETS;
