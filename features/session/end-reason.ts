/** Why a session ended (S11). */
export const SESSION_END_REASONS = [
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

export type SessionEndReason = (typeof SESSION_END_REASONS)[number];

/** Reads a stored reason. A row of a deleted account is gone, so no reason at all means that. */
export function parseEndReason(stored: string | null | undefined): SessionEndReason {
  return SESSION_END_REASONS.find((reason) => reason === stored) ?? "account_deleted";
}
