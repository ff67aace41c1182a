import { randomUUID } from "node:crypto";

import type { UserId } from "@/features/account/user-id";
import { Confirmations } from "@/features/session/confirmations";
import { RevocationFeed } from "@/features/session/revocation-feed";
import type { SessionClaims } from "@/features/session/session-claims";
import { type SignInProof, startSession } from "@/features/session/start-session";
import { db } from "@/lib/db";
import { type Instance, newClient } from "../../support/instances";

export const now = new Date("2026-01-01T12:00:00.000Z");

/** A person with a proven address. */
export async function newPerson(): Promise<UserId> {
  const id = randomUUID();
  await db().user.create({
    data: { id, email: `${id}@example.com`, emailVerified: now, name: "Ada" },
    select: { id: true },
  });
  return id as UserId;
}

export function proofOf(userId: UserId, changes: Partial<SignInProof> = {}): SignInProof {
  return { userId, method: "password", aal: 1, amr: ["pwd"], remember: true, userAgent: null, ip: null, ...changes };
}

/** The first claims of a new session. */
export async function newSession(userId?: UserId, at = now): Promise<SessionClaims> {
  const begun = await startSession(proofOf(userId ?? (await newPerson())), at);
  if (!begun.ok) throw new Error("This account is not disabled.");
  return begun.value;
}

/** A server with its own feed, confirmations and connections. Its feed's clock stands still unless it is given one. */
export function newInstance(name: string, nowMs: () => number = () => 0): Instance {
  const url = process.env["DATABASE_URL"] ?? "";
  return {
    ...{ name, client: newClient(url), weather: "up", feed: new RevocationFeed({ nowMs }) },
    confirmations: new Confirmations({ flushDelayMs: 2_000_000_000 }),
  };
}

/** The row, as far as rotations are concerned. */
export async function rowOf({ sid }: Pick<SessionClaims, "sid">) {
  return db().session.findUniqueOrThrow({
    where: { id: sid },
    select: { generation: true, confirmedGeneration: true, endReason: true, endedAt: true, idleExpiresAt: true },
  });
}

/** What the audit log and the outbox tell of a session that ended as reused. */
export async function alarmsOf({ sid, sub }: Pick<SessionClaims, "sid" | "sub">) {
  const [events, mails] = await Promise.all([
    db().auditEvent.count({ where: { sessionId: sid, kind: "session_reuse_detected", userId: sub } }),
    db().outgoingMail.count({ where: { recipient: `${sub}@example.com`, kind: "session_reuse" } }),
  ]);
  return { events, mails };
}
