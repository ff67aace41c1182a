import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** Somebody at a provider: by its id and its own id for the person, never by an e-mail address. */
export interface Identity {
  readonly provider: string;
  /** "oidc" or "oauth". */
  readonly providerType: string;
  readonly providerAccountId: string;
  /** The address that the provider names. For showing only. */
  readonly providerEmail: string | null;
}

type TokenHash = Uint8Array<ArrayBuffer>;

/** A person's wish to connect a provider, before it is known as whom. */
export interface ConnectionRequest {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly provider: string;
}

/** Writes that somebody who is signed in is on the way to a provider. */
export async function insertConnectionRequest(
  database: Database,
  request: ConnectionRequest & { tokenHash: TokenHash },
  times: { createdAt: Date; expiresAt: Date },
): Promise<void> {
  await database.connectionRequest.create({ data: { ...request, ...times }, select: { tokenHash: true } });
}

/** A request by its token's hash, whether or not it is still good; null when this token belongs to none. */
export async function findConnectionRequest(tokenHash: TokenHash): Promise<ConnectionRequest | null> {
  const request = await db().connectionRequest.findFirst({
    where: { tokenHash, sessionId: { not: null } },
    select: { userId: true, sessionId: true, provider: true },
  });
  if (!request?.userId || !request.sessionId) return null;
  return { userId: request.userId as UserId, sessionId: request.sessionId, provider: request.provider };
}

/**
 * Takes a request that is still good: of parallel callers, one gets true. The row stays until it is swept, so that the flow
 * which it stands for is never taken for another kind.
 */
export async function spendConnectionRequest(database: Database, tokenHash: TokenHash, now: Date): Promise<boolean> {
  const { count } = await database.connectionRequest.updateMany({
    where: { tokenHash, sessionId: { not: null }, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
  return count === 1;
}

/** An identity that came by itself, kept until the owner of the account with its address proves to be one. */
export interface HeldIdentity extends Identity {
  /** Whose account has the address. */
  readonly userId: UserId;
  readonly sealedTokens: Uint8Array<ArrayBuffer> | null;
}

/** Keeps an identity, in place of what was kept of it before. */
export async function insertHeldIdentity(
  database: Database,
  held: HeldIdentity & { tokenHash: TokenHash },
  times: { createdAt: Date; expiresAt: Date },
): Promise<void> {
  const { provider, providerAccountId } = held;
  await database.connectionRequest.deleteMany({ where: { provider, providerAccountId, sessionId: null } });
  await database.connectionRequest.create({ data: { ...held, ...times }, select: { tokenHash: true } });
}

const HELD_FIELDS = {
  userId: true,
  provider: true,
  providerType: true,
  providerAccountId: true,
  providerEmail: true,
  sealedTokens: true,
} as const;

/** An identity that is kept, and whose account still has its address; null when there is none, or its time is over. */
export async function findHeldIdentity(
  database: Database,
  tokenHash: TokenHash,
  now: Date,
): Promise<HeldIdentity | null> {
  const held = await database.connectionRequest.findFirst({
    where: { tokenHash, sessionId: null, expiresAt: { gt: now } },
    select: { ...HELD_FIELDS, user: { select: { email: true } } },
  });
  if (!held?.userId || !held.providerType || !held.providerAccountId) return null;
  const { user, userId, providerType, providerAccountId, ...rest } = held;
  if (user?.email !== held.providerEmail) return null;
  return { ...rest, providerType, providerAccountId, userId: userId as UserId };
}

/** Takes what is kept for a person: of parallel callers, one gets true. */
export async function spendHeldIdentity(
  database: Database,
  held: { tokenHash: TokenHash; userId: UserId },
  now: Date,
): Promise<boolean> {
  const { count } = await database.connectionRequest.deleteMany({
    where: { ...held, sessionId: null, expiresAt: { gt: now } },
  });
  return count === 1;
}

/** Forgets what is kept. */
export async function deleteHeldIdentity(database: Database, tokenHash: TokenHash): Promise<void> {
  await database.connectionRequest.deleteMany({ where: { tokenHash, sessionId: null } });
}

/** The account with this address; null when there is none. */
export async function findOwnerOfAddress(database: Database, email: string): Promise<UserId | null> {
  const user = await database.user.findUnique({ where: { email }, select: { id: true } });
  return user && (user.id as UserId);
}

/**
 * Links an identity to a person, unless it is linked to anybody.
 *
 * @returns False when it is.
 */
export async function insertLink(database: Database, userId: UserId, identity: Identity, now: Date): Promise<boolean> {
  const { provider, providerType: type, providerAccountId, providerEmail } = identity;
  // ON CONFLICT rather than an exception: a failed statement would end the transaction.
  const { count } = await database.account.createMany({
    data: [{ userId, type, provider, providerAccountId, providerEmail, createdAt: now }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Whose an identity is; null when nobody's. */
export async function findLinkOwner(
  database: Database,
  { provider, providerAccountId }: Pick<Identity, "provider" | "providerAccountId">,
): Promise<UserId | null> {
  const link = await database.account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    select: { userId: true },
  });
  return link && (link.userId as UserId);
}

/** One of a person's links. */
export interface StoredConnection {
  readonly id: string;
  readonly provider: string;
  readonly providerEmail: string | null;
  readonly createdAt: Date;
  /** Only signing in there again mends its tokens. */
  readonly needsConsent: boolean;
}

/** A person's links, the oldest first. */
export async function findConnections(userId: UserId, database: Database = db()): Promise<StoredConnection[]> {
  const accounts = await database.account.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
      provider: true,
      providerEmail: true,
      createdAt: true,
      tokens: { select: { needsConsentAt: true } },
    },
  });
  return accounts.map(({ tokens, ...account }) => ({ ...account, needsConsent: Boolean(tokens?.needsConsentAt) }));
}

/** What one of a person's own links leads to; somebody else's looks the same as none. */
export async function findOwnLink(
  database: Database,
  userId: UserId,
  id: string,
): Promise<Pick<Identity, "provider" | "providerAccountId"> | null> {
  return database.account.findFirst({ where: { id, userId }, select: { provider: true, providerAccountId: true } });
}

/** Removes a person's link, and with it the provider's tokens. */
export async function deleteLink(database: Database, userId: UserId, id: string): Promise<void> {
  await database.account.deleteMany({ where: { id, userId } });
}

/** A person's sessions that began with this provider and have not ended, but for one. */
export async function findSessionsBegunWith(
  database: Database,
  userId: UserId,
  provider: string,
  exceptId: string,
): Promise<string[]> {
  const sessions = await database.session.findMany({
    where: { userId, method: provider, endedAt: null, id: { not: exceptId } },
    select: { id: true },
  });
  return sessions.map(({ id }) => id);
}
