import { randomBytes } from "node:crypto";

import type { UserId } from "@/features/account/user-id";
import { storeTokens } from "@/features/provider-token/store-tokens";
import { type IssuedTokens, openTokens, type TokenSet } from "@/features/provider-token/token-set";
import { type ProviderSignIn, signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { db } from "@/lib/db";
import { RelyingParty } from "../../scripts/development/relying-party";

/** When these tests happen. */
export const NOW = new Date("2026-03-01T12:00:00.000Z");
export const PROVIDER = "work";

/** Somebody who has signed in with the provider. */
export interface ConnectedPerson {
  readonly userId: UserId;
  readonly accountId: string;
  readonly issued: IssuedTokens;
  /** Signs in again, with these tokens. */
  signInAgain(tokens: Partial<IssuedTokens>): Promise<void>;
}

/** The tokens of a whole sign-in at a real provider. */
export async function obtainTokens(issuer: string, expiresAt: Date | null): Promise<IssuedTokens> {
  const app = new RelyingParty(issuer);
  const answer = await app.redeem(await app.authorize({ choice: "ada" }, { access_type: "offline" }));
  const { access_token: accessToken, refresh_token: refreshToken = null } = answer;
  return { accessToken, refreshToken, scope: "openid email profile", tokenType: "bearer", expiresAt };
}

/** A new account, linked to the provider, with these tokens. */
export async function connectPerson(issued: IssuedTokens): Promise<ConnectedPerson> {
  const providerAccountId = `subject-${randomBytes(6).toString("hex")}`;
  const person: ProviderSignIn = {
    ...{ provider: PROVIDER, providerType: "oidc", providerAccountId },
    ...{ email: `${providerAccountId}@example.com`, name: "Ada", image: null },
    ...{ profile: { email_verified: true }, tokens: issued },
  };
  const admitted = await signInWithProvider(person, NOW);
  if (!admitted.ok) throw new Error(`The provider's identity was refused: ${admitted.refusal}`);
  const { id: accountId } = await db().account.findFirstOrThrow({ where: { providerAccountId } });
  return {
    ...{ userId: admitted.value.userId, accountId, issued },
    signInAgain: (tokens) => storeTokens(person, { ...issued, ...tokens }),
  };
}

/** The row as it is, opened. */
export async function storedTokens(accountId: string): Promise<(TokenSet & { expiresAt: Date | null }) | null> {
  const row = await db().providerToken.findUnique({ where: { accountId } });
  const tokens = row && openTokens(accountId, row.sealedTokens);
  return tokens && { ...tokens, expiresAt: row.expiresAt };
}
