import type { Account, Profile, User } from "next-auth";

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
  };
}

/** The codes of the page `/auth-error` that say why a provider's sign-in went no further. */
export const PROVIDER_REFUSAL_ERRORS: Record<ProviderSignInRefusal, string> = {
  account_exists: "OAuthAccountNotLinked",
  email_missing: "EmailMissing",
  email_not_verified: "EmailNotVerifiedAtProvider",
  account_disabled: "AccountDisabled",
};
