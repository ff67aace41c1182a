/** What the audit log tells of. Names are stored: add, never rename. */
export type AuditEventKind = "session_reuse_detected" | "account_disabled" | "account_enabled" | "roles_changed";
