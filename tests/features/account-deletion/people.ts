import type { UserId } from "@/features/account/user-id";
import { requestDeletion } from "@/features/account-deletion/request-deletion";
import { db } from "@/lib/db";
import { now } from "../session/person";

export const origin = { ip: "198.51.100.4", userAgent: "tests/1" };

/** Any session: whether there is one, nobody asks here. */
export const SESSION_ID = "019aa5f2-0000-7000-8000-000000000001";

/** The account asks to be deleted, by somebody who has just signed in. */
export async function requestNow(userId: UserId, at = now): Promise<Date> {
  const authTime = at.getTime() / 1000;
  const requested = await requestDeletion({ userId, sessionId: SESSION_ID, origin, authTime, password: null }, at);
  if (!requested.ok) throw new Error(requested.refusal);
  return requested.value.dueAt;
}

/** The kinds of the mails to an address, in the order of their names. */
export async function mailsTo(recipient: string): Promise<string[]> {
  const mails = await db().outgoingMail.findMany({ where: { recipient }, select: { kind: true } });
  return mails.map(({ kind }) => kind).sort();
}

/** The kinds of what happened to an account, sign-ins left out. */
export async function eventsOf(userId: UserId): Promise<string[]> {
  const events = await db().auditEvent.findMany({
    where: { userId, kind: { startsWith: "account_" } },
    orderBy: { id: "asc" },
    select: { kind: true },
  });
  return events.map(({ kind }) => kind);
}
