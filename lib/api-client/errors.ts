import type { SignedOut, SignedOutReason } from "./signed-out";

/** A request that cannot be made because nobody is signed in any more. */
export class SignedOutError extends Error {
  override readonly name = "SignedOutError";
  /** Stable, to tell errors apart by. */
  readonly code = "signed_out";
  /** Why the session ended, as the server says. */
  readonly reason: SignedOutReason;
  /** When that was known here. */
  readonly at: Date;

  constructor({ reason, at }: SignedOut) {
    super(`Signed out: ${reason}.`);
    this.reason = reason;
    this.at = at;
  }
}

interface RefreshFailure {
  /** Whether it may well work in a moment: the network was away, or the server was (429, 5xx). */
  readonly transient: boolean;
  /** When the server asks to be left alone that long. */
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** A request that had to wait for a new access token, which could not be had. Nobody is signed out by it. */
export class RefreshFailedError extends Error {
  override readonly name = "RefreshFailedError";
  /** Stable, to tell errors apart by. */
  readonly code = "refresh_failed";
  /** Whether it may well work in a moment. */
  readonly transient: boolean;
  /** For how long the server asks to be left alone, if it does. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, { transient, retryAfterSeconds, cause }: RefreshFailure) {
    super(message, { cause });
    this.transient = transient;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
