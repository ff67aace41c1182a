import "server-only";

import type { UserId } from "@/features/account/user-id";
import type { Database } from "@/lib/db";
import type { AuditEventKind } from "./event-kind";
import type { RequestOrigin } from "./request-origin";

/** One line of the audit log. The database adds time and hashes. */
export interface AuditEventInput {
  readonly kind: AuditEventKind;
  readonly userId: UserId | null;
  readonly sessionId?: string | null;
  /** From where it was asked for; absent when no request did. */
  readonly origin?: RequestOrigin;
  /** What else is worth knowing. Never a secret, and nothing that a mail or page would have to hide. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Appends to the audit log, in the transaction of what it tells of: there is a row exactly if that happened.
 *
 * Rows are chained one after the other, so that whoever appends holds up the next until the end of its transaction: make it
 * the last statement.
 */
export async function appendAuditEvent(database: Database, event: AuditEventInput): Promise<void> {
  await database.$executeRaw`
    INSERT INTO audit_events (kind, user_id, session_id, ip, user_agent, details)
    VALUES (${event.kind}, ${event.userId}::uuid, ${event.sessionId ?? null}::uuid, ${event.origin?.ip ?? null},
      ${event.origin?.userAgent ?? null}, ${JSON.stringify(event.details ?? {})}::jsonb)`;
}
