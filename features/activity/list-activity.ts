import * as z from "zod";

import type { UserId } from "@/features/account/user-id";
import type { AuditEventKind } from "@/features/audit/event-kind";
import { describeDevice } from "@/features/session-overview/describe-device";
import type { Translator } from "@/lib/i18n/translator";
import { isUuid } from "@/lib/uuid";
import { type ActivityRow, findActivity, findSignIn } from "./data";
import { type EventDetails, parseEventKind } from "./sentences";

/** Pages beyond this one are not asked for: nobody turns so many. */
const MAX_PAGE = 1000;

const DetailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({});

/** Something that happened to an account, for its owner. */
export interface Activity {
  readonly at: Date;
  readonly kind: AuditEventKind;
  /** The session that it happened in or to. */
  readonly sessionId: string | null;
  /** In words; null when no request did it. */
  readonly device: string | null;
  readonly ip: string | null;
  readonly details: EventDetails;
}

/** One page of what happened to a person's account, newest first. */
export async function listActivity(
  t: Translator<"account">,
  userId: UserId,
  page: number,
  pageSize: number,
): Promise<{ events: Activity[]; hasOlder: boolean }> {
  const rows = await findActivity(userId, (page - 1) * pageSize, pageSize + 1);
  const events = rows.slice(0, pageSize).flatMap((row) => toActivity(t, row) ?? []);
  return { events, hasOlder: rows.length > pageSize };
}

/**
 * The sign-in that began one of a person's own sessions; null for anything else.
 *
 * @param sessionId - As received, unverified.
 */
export async function findOwnSignIn(
  t: Translator<"account">,
  userId: UserId,
  sessionId: string,
): Promise<Activity | null> {
  const row = isUuid(sessionId) ? await findSignIn(userId, sessionId) : null;
  return row && toActivity(t, row);
}

/** Reads a page's number from an address; 1 for whatever is none. */
export function parsePage(unverified: unknown): number {
  const page = typeof unverified === "string" && /^\d{1,4}$/.test(unverified) ? Number(unverified) : 1;
  return Math.min(Math.max(page, 1), MAX_PAGE);
}

function toActivity(t: Translator<"account">, row: ActivityRow): Activity | null {
  const { recordedAt: at, kind: stored, sessionId, ip, userAgent, details } = row;
  const kind = parseEventKind(stored);
  if (!kind) return null;
  const device = ip === null && userAgent === null ? null : describeDevice(t, userAgent);
  return { at, kind, sessionId, device, ip, details: DetailsSchema.parse(details) };
}
