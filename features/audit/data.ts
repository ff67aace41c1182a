import "server-only";

import type { UserId } from "@/features/account/user-id";
import type { Database } from "@/lib/db";
import type { AuditEventKind } from "./event-kind";

/** One line of the audit log. The database adds time and hashes. */
export interface AuditEventInput {
  readonly kind: AuditEventKind;
  readonly userId: UserId | null;
  readonly sessionId?: string | null;
  readonly ip?: string | null;
  readonly userAgent?: string | null;
}

/**
 * Appends to the audit log, in the transaction of what it tells of: there is a row exactly if that happened.
 *
 * Rows are chained one after the other, so that whoever appends holds up the next until the end of its transaction: make it
 * the last statement.
 */
export async function appendAuditEvent(database: Database, event: AuditEventInput): Promise<void> {
  await database.$executeRaw`
    INSERT INTO audit_events (kind, user_id, session_id, ip, user_agent)
    VALUES (${event.kind}, ${event.userId}::uuid, ${event.sessionId ?? null}::uuid, ${event.ip ?? null}, ${event.userAgent ?? null})`;
}
