import { lockSignInMethods } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import type { Database } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { findLinkOwner, type Identity, insertLink } from "./data";
import { mailAboutConnection } from "./mails";

/** Who connects, and from where. */
export interface Connecting {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly origin: RequestOrigin;
}

export type LinkRefusal =
  /** The identity belongs to another account. */
  | "linked_elsewhere"
  /** Another identity at this provider is connected already. */
  | "other_identity";

/**
 * Links a provider's identity to the account of somebody who proved to be its owner, with the mail and the audit event that
 * tell of it. One identity belongs to one account, and an account has one identity at each provider.
 *
 * An identity that is linked to this account already is left as it is.
 *
 * @param database - A transaction.
 */
export async function linkIdentity(
  database: Database,
  { userId, sessionId, origin }: Connecting,
  identity: Identity,
  now: Date,
): Promise<Result<"connected" | "reconnected", LinkRefusal>> {
  // Also keeps a parallel one from connecting a second identity at the same provider.
  const { providers } = await lockSignInMethods(database, userId);
  const owner = await findLinkOwner(database, identity);
  if (owner !== null) return owner === userId ? ok("reconnected") : refuse("linked_elsewhere");
  if (providers.includes(identity.provider)) return refuse("other_identity");
  // Somebody else's transaction may have been faster in between.
  if (!(await insertLink(database, userId, identity, now))) return refuse("linked_elsewhere");

  const { provider } = identity;
  const news = { userId, kind: "connection_added", provider, askedIn: origin.language } as const;
  await mailAboutConnection(database, news, now);
  await appendAuditEvent(database, { kind: "connection_added", userId, sessionId, origin, details: { provider } });
  return ok("connected");
}
