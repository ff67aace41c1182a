import { EmailAddressSchema } from "@/features/account/email-address";
import { sealIssuedTokens } from "@/features/provider-token/token-set";
import type { ProviderSignIn } from "@/features/sign-in/sign-in-with-provider";
import { vouchesForEmail } from "@/features/sign-in/vouches-for-email";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import { findOwnerOfAddress, insertHeldIdentity } from "./data";
import { describeIdentity } from "./describe-identity";
import { CONNECTION_REQUEST_LIFETIME_SECONDS } from "./policy";

/**
 * Keeps the identity of somebody whose address has an account that the identity isn't linked to, until the account's owner
 * proves to be one and asks for the link (`confirmConnection`). Until then it opens nothing, and the account doesn't change.
 *
 * Only a provider's word that the address was checked leads here: another identity has nothing to do with the account.
 *
 * @returns What the browser has to hold; null when nothing was kept.
 */
export async function holdIdentity(person: ProviderSignIn, now: Date): Promise<string | null> {
  const email = EmailAddressSchema.safeParse(person.email ?? "");
  if (!email.success || !vouchesForEmail(person.profile)) return null;
  const token = randomToken();
  const times = { createdAt: now, expiresAt: addSeconds(now, CONNECTION_REQUEST_LIFETIME_SECONDS) };
  const sealedTokens = person.tokens && sealIssuedTokens(heldContext(token), person.tokens);
  const held = { ...describeIdentity(person), providerEmail: email.data, sealedTokens, tokenHash: hashToken(token) };
  const kept = await inTransaction(async (database) => {
    const userId = await findOwnerOfAddress(database, email.data);
    if (userId !== null) await insertHeldIdentity(database, { ...held, userId }, times);
    return userId !== null;
  });
  return kept ? token : null;
}

/** Binds the provider's tokens to the row that keeps them. */
export function heldContext(token: string): string {
  return `connection ${Buffer.from(hashToken(token)).toString("base64url")}`;
}
