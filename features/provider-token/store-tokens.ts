import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { countClaimsChange, lockTokens, writeSignInTokens } from "./data";
import { type IssuedTokens, openTokens, sealTokens } from "./token-set";

/**
 * Keeps the tokens of a sign-in, of the first one and of every later one: Auth.js itself keeps only those of the first.
 *
 * Many providers send a refresh token only once; so where none comes, the stored one stays, unless the provider has refused
 * it. A connection that needed consent is mended, and every session of the person learns that.
 *
 * @throws When the database can't be asked. That ends the sign-in, whose next step would need the database too.
 */
export async function storeTokens(
  identity: { provider: string; providerAccountId: string },
  issued: IssuedTokens,
): Promise<void> {
  const mended = await inTransaction(async (database) => {
    const account = await lockTokens(database, identity);
    if (!account) return null;
    const { accountId, userId, stored } = account;
    const kept = stored && !stored.needsConsent ? openTokens(accountId, stored.sealedTokens) : null;
    const tokens = { ...issued, refreshToken: issued.refreshToken ?? kept?.refreshToken ?? null };
    await writeSignInTokens(
      database,
      accountId,
      { sealedTokens: sealTokens(accountId, tokens), expiresAt: issued.expiresAt },
      // Without a new refresh token, the successor that a renewal under way may bring is the only one that still works.
      { endLease: issued.refreshToken !== null },
    );
    if (!stored?.needsConsent) return null;
    const version = await countClaimsChange(database, userId);
    return version === null ? null : { userId, version };
  });
  if (mended) revocationFeed().noteClaims(mended.userId, mended.version);
}
