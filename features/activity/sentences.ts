import type { AuditEventKind } from "@/features/audit/event-kind";
import type { Translator } from "@/lib/i18n/translator";

/** What an event's row says besides its kind. */
export type EventDetails = Readonly<Record<string, string | number | boolean>>;

/** How to call what an event's row only has the id of. */
export interface EventNames {
  readonly provider: (id: string) => string;
  /** Of a version of the terms, a day as ISO 8601 writes it. */
  readonly termsVersion: (version: string) => string;
}

/** Whether somebody else may have done it, which is then to be said with "This wasn't me". One without an answer does not compile. */
const DOUBTFUL: Record<AuditEventKind, boolean> = {
  signed_up: false,
  signed_in: true,
  sign_in_failed: false,
  signed_out: false,
  reauthenticated: true,
  reauthentication_failed: false,
  session_revoked: true,
  other_sessions_revoked: true,
  all_sessions_revoked: false,
  session_reuse_detected: false,
  account_disabled: false,
  account_enabled: false,
  roles_changed: false,
  profile_changed: true,
  terms_agreed: false,
  password_reset_requested: false,
  password_reset: true,
  password_changed: true,
  password_change_failed: false,
  password_set: true,
  email_change_requested: true,
  email_changed: true,
  email_change_cancelled: false,
  email_change_undone: false,
  second_factor_enabled: true,
  second_factor_disabled: true,
  second_factor_failed: false,
  second_factor_locked: false,
  recovery_code_used: true,
  recovery_codes_replaced: true,
  device_trusted: true,
  device_trust_revoked: false,
  passkey_added: true,
  passkey_renamed: true,
  passkey_removed: true,
  passkey_refused: false,
  connection_added: true,
  connection_removed: true,
  connection_refused: false,
  reported_as_not_me: false,
  account_exported: true,
  account_deletion_requested: true,
  account_deletion_refused: true,
  account_deletion_cancelled: false,
  account_deleted: false,
  rate_limited: false,
};

/** Tells of an event in a plain sentence. */
export function tellEvent(
  t: Translator<"activity">,
  kind: AuditEventKind,
  details: EventDetails,
  names: EventNames,
): string {
  const { method, provider = method, reason, sessions = 0, version } = details;
  const way = reason === "invalid_credentials" ? "wrong_password" : String(provider ?? "unknown");
  return t(`events.${kind}`, {
    way,
    provider: names.provider(String(provider ?? "")),
    sessions: Number(sessions),
    version: version === undefined ? "" : names.termsVersion(String(version)),
  });
}

/** Whether somebody else may have done this, in the person's name. */
export function isDoubtful(kind: AuditEventKind): boolean {
  return DOUBTFUL[kind];
}

/** Reads a stored kind; null for one that this version does not know, as after going back to an older one. */
export function parseEventKind(stored: string): AuditEventKind | null {
  return Object.hasOwn(DOUBTFUL, stored) ? (stored as AuditEventKind) : null;
}
