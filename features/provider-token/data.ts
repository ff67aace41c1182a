import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";
import { LEASE_SECONDS } from "./policy";

/** One provider's tokens as they are stored. */
export interface TokenRow {
  readonly accountId: string;
  readonly sealedTokens: Uint8Array<ArrayBuffer>;
  readonly expiresAt: Date | null;
  readonly needsConsent: boolean;
  readonly leaseOwner: string | null;
  /** Somebody renews them right now, by the database's clock. */
  readonly leased: boolean;
}

/**
 * The tokens of the identity that a person linked last at a provider; null when there are none, or the account is
 * disabled: then nothing is to be done in its name.
 */
export async function findTokens(userId: UserId, provider: string): Promise<TokenRow | null> {
  const rows = await db().$queryRaw<TokenRow[]>`
    SELECT t.account_id AS "accountId", t.sealed_tokens AS "sealedTokens", t.expires_at AS "expiresAt", t.lease_owner AS "leaseOwner",
      t.needs_consent_at IS NOT NULL AS "needsConsent", coalesce(t.lease_until > clock_timestamp(), false) AS leased
    FROM accounts a
    JOIN provider_tokens t ON t.account_id = a.id
    JOIN users u ON u.id = a.user_id AND u.disabled_at IS NULL
    WHERE a.user_id = ${userId}::uuid AND a.provider = ${provider}
    ORDER BY a.created_at DESC, a.id DESC LIMIT 1`;
  return rows[0] ?? null;
}

/**
 * Makes `owner` the one who renews these tokens, unless somebody does already or they are no longer the ones that the
 * caller read. Of parallel callers, on however many instances, one gets true.
 */
export async function takeLease(row: Pick<TokenRow, "accountId" | "sealedTokens">, owner: string): Promise<boolean> {
  // A sealed value never repeats (its nonce is random), so the bytes say whether the row has changed.
  const count = await db().$executeRaw`
    UPDATE provider_tokens SET lease_owner = ${owner}::uuid, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::int)
    WHERE account_id = ${row.accountId}::uuid AND sealed_tokens = ${row.sealedTokens} AND needs_consent_at IS NULL
      AND (lease_until IS NULL OR lease_until <= clock_timestamp())`;
  return count === 1;
}

/** Lets the next caller try. Does nothing once somebody else has the lease. */
export async function releaseLease(accountId: string, owner: string): Promise<void> {
  await db().providerToken.updateMany({
    where: { accountId, leaseOwner: owner },
    data: { leaseOwner: null, leaseUntil: null },
  });
}

/**
 * Writes renewed tokens and gives the lease back.
 *
 * @returns False when `owner` no longer holds the lease; then nothing is written.
 */
export async function writeRenewedTokens(
  accountId: string,
  owner: string,
  renewed: { sealedTokens: Uint8Array<ArrayBuffer>; expiresAt: Date | null },
): Promise<boolean> {
  const { count } = await db().providerToken.updateMany({
    where: { accountId, leaseOwner: owner },
    data: { ...renewed, leaseOwner: null, leaseUntil: null },
  });
  return count === 1;
}

/**
 * Notes that these tokens can't be renewed, and gives the lease back.
 *
 * @param row - As it was when its refresh token was sent.
 * @returns Whose tokens they are; null when `owner` no longer holds the lease or newer tokens have come.
 */
export async function markNeedsConsent(
  database: Database,
  row: Pick<TokenRow, "accountId" | "sealedTokens">,
  owner: string,
  now: Date,
): Promise<UserId | null> {
  const [marked] = await database.providerToken.updateManyAndReturn({
    where: { accountId: row.accountId, leaseOwner: owner, sealedTokens: row.sealedTokens },
    data: { needsConsentAt: now, leaseOwner: null, leaseUntil: null },
    select: { account: { select: { userId: true } } },
  });
  return marked ? (marked.account.userId as UserId) : null;
}

/** An identity's row, locked until the end of the transaction, with its tokens if it has any. */
export async function lockTokens(
  database: Database,
  identity: { provider: string; providerAccountId: string },
): Promise<{
  accountId: string;
  userId: UserId;
  stored: Pick<TokenRow, "sealedTokens" | "needsConsent"> | null;
} | null> {
  // The account's row first: it is there also while there are no tokens yet.
  const [account] = await database.$queryRaw<{ accountId: string; userId: UserId }[]>`
    SELECT id AS "accountId", user_id AS "userId" FROM accounts
    WHERE provider = ${identity.provider} AND provider_account_id = ${identity.providerAccountId} FOR NO KEY UPDATE`;
  if (!account) return null;
  const [stored] = await database.$queryRaw<Pick<TokenRow, "sealedTokens" | "needsConsent">[]>`
    SELECT sealed_tokens AS "sealedTokens", needs_consent_at IS NOT NULL AS "needsConsent" FROM provider_tokens
    WHERE account_id = ${account.accountId}::uuid FOR UPDATE`;
  return { ...account, stored: stored ?? null };
}

/**
 * Writes the tokens of a sign-in, which also mends what needed consent.
 *
 * @param options.endLease - Whether a renewal under way is overtaken, so that its answer must not be written any more.
 */
export async function writeSignInTokens(
  database: Database,
  accountId: string,
  tokens: { sealedTokens: Uint8Array<ArrayBuffer>; expiresAt: Date | null },
  options: { endLease: boolean },
): Promise<void> {
  await database.providerToken.upsert({
    where: { accountId },
    create: { accountId, ...tokens },
    update: { ...tokens, needsConsentAt: null, ...(options.endLease ? { leaseOwner: null, leaseUntil: null } : {}) },
    select: { accountId: true },
  });
}

/**
 * Counts a change of what a person's session cookies repeat, and tells the revocation feed.
 *
 * @returns The version that is current now; null when the account is gone.
 */
export async function countClaimsChange(database: Database, userId: UserId): Promise<number | null> {
  const rows = await database.$queryRaw<{ version: number }[]>`
    WITH person AS (
      UPDATE users SET claims_version = claims_version + 1 WHERE id = ${userId}::uuid RETURNING id, claims_version
    )
    INSERT INTO revocation_feed (user_id, claims_version) SELECT id, claims_version FROM person
    RETURNING claims_version AS version`;
  return rows[0]?.version ?? null;
}

/** The providers that refuse to renew a person's tokens until the person signs in there again, by their ids. */
export async function findConnectionsNeedingConsent(userId: UserId): Promise<{ provider: string }[]> {
  return db().account.findMany({
    where: { userId, tokens: { needsConsentAt: { not: null } } },
    orderBy: [{ provider: "asc" }],
    distinct: ["provider"],
    select: { provider: true },
  });
}
