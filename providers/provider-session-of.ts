import type { Account } from "next-auth";

import type { UserId } from "@/features/account/user-id";
import { describeProviderSession, type ProviderSession } from "@/features/provider-session/provider-session";
import { env } from "@/lib/env/env";

/** The session at the provider that somebody has just signed in from. */
export function providerSessionOf(account: Account, userId: UserId): ProviderSession {
  const settings = env().providers.find(({ id }) => id === account.provider);
  const idToken = typeof account.id_token === "string" && account.type === "oidc" ? account.id_token : null;
  return describeProviderSession(userId, idToken, { keepIdToken: settings?.signOutThere === true });
}
