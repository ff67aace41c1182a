import { db } from "@/lib/db";

/** What the audit log tells, oldest first: all but what the database adds. */
export async function whatHappened() {
  return db().auditEvent.findMany({
    orderBy: { id: "asc" },
    select: { kind: true, userId: true, sessionId: true, ip: true, userAgent: true, details: true },
  });
}

/** A place to act from, and how the log tells of it. */
export const HERE = { ip: "192.0.2.7", userAgent: "Firefox", requestId: "request-0001" } as const;

/** The columns that tell of `HERE`. */
export const fromHere = (details: Readonly<Record<string, unknown>> = {}) => ({
  ip: "192.0.2.7",
  userAgent: "Firefox",
  details: { ...details, requestId: "request-0001" },
});
