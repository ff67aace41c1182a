import type { Account, Profile } from "next-auth";

import { type ExpectedIdToken, verifyIdToken } from "@/features/id-token/verify-id-token";
import { systemClock } from "@/lib/clock";
import { Failure } from "@/lib/failure";
import { issuerMetadata } from "./issuer-metadata";
import { MICROSOFT_PROVIDERS, microsoftIssuer } from "./microsoft";
import { openIdProvider } from "./openid-provider";
import { type ProviderFailure, providerFailureOf } from "./provider-failure";

/**
 * Verifies the ID token of a sign-in, which Auth.js decodes only: for its `signIn` callback, before anything else. A sign-in
 * by OpenID Connect that brings none is refused like a forged one.
 *
 * @returns null when it holds, or when the provider speaks OAuth only, which knows no ID token.
 */
export async function checkIdToken(account: Account, profile: Profile): Promise<ProviderFailure | null> {
  if (account.type !== "oidc") return null;
  try {
    const expected = await expectedIdToken(account);
    const verified = await verifyIdToken(account.id_token, expected, systemClock());
    if (!verified.ok) return { reason: verified.refusal, error: "ProviderAnswerRefused" };
    // Where the profile came from userinfo: of the person who signed in, and of nobody else (OIDC Core, section 5.3.2).
    const isSame = profile.sub === verified.value.sub;
    return isSame ? null : { reason: "userinfo_subject", error: "ProviderAnswerRefused" };
  } catch (error) {
    // Without the issuer's keys nothing can be believed.
    return providerFailureOf(error) ?? { reason: "issuer_keys_unavailable", error: "ProviderUnavailable" };
  }
}

async function expectedIdToken(account: Account): Promise<ExpectedIdToken> {
  const provider = await openIdProvider(account.provider);
  if (!provider) throw new Failure("issuer_unknown", "A provider that isn't in the environment has no issuer to ask.");
  const isMicrosoft = MICROSOFT_PROVIDERS.includes(account.provider);
  const issuer = isMicrosoft ? microsoftIssuer(provider.issuer, account.id_token ?? "") : provider.issuer;
  const { clientId } = provider;
  return { ...(await issuerMetadata(issuer)), clientId, accessToken: account.access_token ?? "" };
}
