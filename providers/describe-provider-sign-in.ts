import type { Account, Profile, User } from "next-auth";

import type { IssuedTokens } from "@/features/provider-token/token-set";
import type { ProviderSignIn, ProviderSignInRefusal } from "@/features/sign-in/sign-in-with-provider";

/** Auth.js's three objects as one. `user` is what the provider's own mapping made of its claims. */
export function describeProviderSignIn(account: Account, profile: Profile, user: User): ProviderSignIn {
  return {
    provider: account.provider,
    providerType: account.type,
    providerAccountId: account.providerAccountId,
    email: profile.email ?? user.email ?? null,
    name: profile.name ?? user.name ?? null,
    image: user.image ?? null,
    profile: { ...profile },
    tokens: describeTokens(account),
  };
}

/** The token response, read anew: nothing has checked the types of its members for every provider. */
function describeTokens(account: Account): IssuedTokens | null {
  const { access_token, refresh_token, scope, token_type, expires_at } = account;
  if (!isText(access_token)) return null;
  return {
    accessToken: access_token,
    refreshToken: isText(refresh_token) ? refresh_token : null,
    scope: isText(scope) ? scope : null,
    tokenType: isText(token_type) ? token_type : null,
    // Auth.js counts from when the answer arrived, in seconds since 1970.
    expiresAt: Number.isSafeInteger(expires_at) ? new Date(Number(expires_at) * 1000) : null,
  };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** The codes of the page `/auth-error` that say why a provider's sign-in went no further. */
export const PROVIDER_REFUSAL_ERRORS: Record<ProviderSignInRefusal, string> = {
  account_exists: "OAuthAccountNotLinked",
  email_missing: "EmailMissing",
  email_not_verified: "EmailNotVerifiedAtProvider",
  account_disabled: "AccountDisabled",
};
