import { lockSignInMethods } from "@/features/account/data";
import { appendAuditEvent } from "@/features/audit/data";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { countClaimsChange, lockTokens } from "@/features/provider-token/data";
import { endSessions } from "@/features/session/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { type Database, inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { isUuid } from "@/lib/uuid";
import { deleteLink, findOwnLink, findSessionsBegunWith } from "./data";
import { leavesWayIn } from "./leaves-way-in";
import type { Connecting } from "./link-identity";
import { mailAboutConnection } from "./mails";

export type DisconnectRefusal =
  /** This person has no such connection: somebody else's looks the same as none. */
  | "not_found"
  /** Nothing else would be left to sign in with. */
  | "last_sign_in_method";

/**
 * Disconnects a provider: its identity no longer signs in here, its tokens are erased, and the person's other sessions that
 * began with it end. The one that acts goes on.
 *
 * @param connectionId - As received, unverified.
 */
export async function disconnect(
  acting: Connecting,
  connectionId: string,
  now: Date,
): Promise<Result<{ provider: string }, DisconnectRefusal>> {
  if (!isUuid(connectionId)) return refuse("not_found");
  const { userId } = acting;
  const removed = await inTransaction((database) => remove(database, acting, connectionId, now));
  if (!removed.ok) return removed;

  const { provider, ended, claimsVersion } = removed.value;
  revocationFeed().noteEnded(ended, "revoked_by_user");
  if (claimsVersion !== null) revocationFeed().noteClaims(userId, claimsVersion);
  wakeMailWorker();
  return ok({ provider });
}

async function remove(
  database: Database,
  { userId, sessionId, origin }: Connecting,
  id: string,
  now: Date,
): Promise<Result<{ provider: string; ended: string[]; claimsVersion: number | null }, DisconnectRefusal>> {
  const link = await findOwnLink(database, userId, id);
  // In the order in which a sign-in and a renewal lock: the identity, its tokens, the person.
  const locked = link && (await lockTokens(database, link));
  if (!link || locked?.accountId !== id) return refuse("not_found");
  const { provider } = link;
  if (!leavesWayIn(await lockSignInMethods(database, userId), provider)) return refuse("last_sign_in_method");

  await deleteLink(database, userId, id);
  const begunWithIt = await findSessionsBegunWith(database, userId, provider, sessionId);
  const ended = await endSessions(database, { ids: begunWithIt }, "revoked_by_user", now);
  // The banner that asks to reconnect goes with what it asks for.
  const claimsVersion = locked.stored?.needsConsent ? await countClaimsChange(database, userId) : null;
  const news = { userId, kind: "connection_removed", provider, askedIn: origin.language } as const;
  await mailAboutConnection(database, news, now);
  await appendAuditEvent(database, { kind: "connection_removed", userId, sessionId, origin, details: { provider } });
  return ok({ provider, ended, claimsVersion });
}
