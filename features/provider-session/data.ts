import "server-only";

import type { UserId } from "@/features/account/user-id";
import { db } from "@/lib/db";

/** A session of ours that a provider speaks of. */
interface ProvidersSession {
  readonly sid: string;
  readonly sub: UserId;
}

/**
 * The sessions that were begun by signing in at a provider and haven't ended: those of one session there, or all of one person
 * there; with both, those of that session if it is that person's.
 *
 * @param about.subject - The person's id at the provider.
 */
export async function findSessionsOf(
  provider: string,
  about: { subject: string | null; providerSessionId: string | null },
): Promise<ProvidersSession[]> {
  const { subject, providerSessionId } = about;
  return db().$queryRaw<ProvidersSession[]>`
    SELECT s.id AS sid, s.user_id AS sub FROM sessions s
    WHERE s.method = ${provider} AND s.ended_at IS NULL
      AND (${providerSessionId}::text IS NOT NULL OR ${subject}::text IS NOT NULL)
      AND (${providerSessionId}::text IS NULL OR s.provider_session_id = ${providerSessionId})
      AND (${subject}::text IS NULL OR s.user_id IN (
        SELECT a.user_id FROM accounts a WHERE a.provider = ${provider} AND a.provider_account_id = ${subject}
      ))`;
}

/** How a session was begun, and the sealed ID token that is kept for signing out at its provider; null when it has ended. */
export async function findProviderOf(
  sessionId: string,
  userId: UserId,
): Promise<{ method: string; sealedIdToken: Uint8Array | null } | null> {
  return db().session.findFirst({
    where: { id: sessionId, userId, endedAt: null },
    select: { method: true, sealedIdToken: true },
  });
}
