/**
 * Something that is broken, as opposed to an expected "no" (see `Result`).
 *
 * The message never holds a secret, a token or an e-mail address: it ends up in logs.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: string;

  /**
   * @param code - Stable, for programs: `database_unavailable`, `hash_queue_full`, …
   * @param message - For the operator who reads the log.
   */
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
