/**
 * Why a session ended, as the API says it in `reason`; `no_session` when the browser has none to refresh.
 *
 * The client knows only the API, so the strings stand here once more; a test holds them to the server's own.
 */
export const SIGNED_OUT_REASONS = [
  "no_session",
  "signed_out",
  "idle_timeout",
  "absolute_timeout",
  "revoked_by_user",
  "revoked_by_admin",
  "password_changed",
  "reuse_detected",
  "account_disabled",
  "account_deleted",
] as const;

/** One of these. */
export type SignedOutReason = (typeof SIGNED_OUT_REASONS)[number];

/** The end of the session, as every tab is told of it. */
export interface SignedOut {
  /** Why, as the server says. */
  readonly reason: SignedOutReason;
  /** When the tab that asked was told so, by this machine's clock. */
  readonly at: Date;
}

/** Reads a reason. One that a newer server may have brought ends the session all the same. */
export function parseSignedOutReason(value: unknown): SignedOutReason {
  return SIGNED_OUT_REASONS.find((reason) => reason === value) ?? "no_session";
}
