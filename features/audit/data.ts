import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
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
  await database.$executeRaw(auditInsert(event));
}

/** Appends to the audit log what nothing else is written for, such as a refusal. */
export async function recordAuditEvent(event: AuditEventInput): Promise<void> {
  await appendAuditEvent(db(), event);
}

/**
 * The same as a part of another statement, `WITH made AS (…), told AS (${auditInsert(event)} FROM made) …`: a row for each of
 * `made`, and nobody is held up for longer than the database itself takes.
 */
export function auditInsert({ kind, userId, sessionId, origin, details }: AuditEventInput): Prisma.Sql {
  const all = { ...details, ...(origin?.requestId ? { requestId: origin.requestId } : {}) };
  return Prisma.sql`INSERT INTO audit_events (kind, user_id, session_id, ip, user_agent, details)
    SELECT ${kind}::text, ${userId}::uuid, ${sessionId ?? null}::uuid, ${origin?.ip ?? null}::text,
      ${origin?.userAgent ?? null}::text, ${JSON.stringify(all)}::jsonb`;
}

/** A row of the log with all that its hash covers, written as the hash covers it. */
export interface ChainedRow {
  readonly id: string;
  /** Seconds since 1970, with six decimals. */
  readonly epoch: string;
  /** The same in ISO 8601, for people. */
  readonly recordedAt: string;
  readonly kind: string;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** As PostgreSQL writes jsonb. */
  readonly details: string;
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
}

/** The next rows of the log, in the order of the chain. */
export async function findChainedRows(afterId: string, limit: number): Promise<ChainedRow[]> {
  return await db().$queryRaw<ChainedRow[]>`
    SELECT e.id::text, extract(epoch FROM recorded_at)::text AS epoch,
      to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "recordedAt", kind,
      user_id::text AS "userId", session_id::text AS "sessionId", ip, user_agent AS "userAgent", details::text,
      previous_hash AS "previousHash", hash
    FROM audit_events e WHERE e.id > ${afterId}::bigint ORDER BY e.id LIMIT ${limit}`;
}
