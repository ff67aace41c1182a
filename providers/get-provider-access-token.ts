import type { UserId } from "@/features/account/user-id";
import type { ProviderTokenOutcome } from "@/features/provider-token/access-token";
import { getAccessToken } from "@/features/provider-token/get-access-token";
import { systemClock } from "@/lib/clock";
import { refuse } from "@/lib/result";
import { configuredProvider } from "./configured-provider";
import { providerClient } from "./provider-client";

/**
 * A token for calling a provider's API in a person's name, good for another minute at least, renewed if need be. For
 * route handlers, server actions and jobs; it never belongs in a page, a cookie or a log.
 *
 * @param provider - The provider's id, such as "google".
 * @returns The token; or `not_connected`, `needs_consent` (ask the person to sign in there again), or
 *   `temporarily_unavailable` (try later).
 * @throws When the database can't be asked.
 */
export async function getProviderAccessToken(
  userId: UserId,
  provider: string,
  now: Date = systemClock(),
): Promise<ProviderTokenOutcome> {
  const configured = await configuredProvider(provider);
  return configured ? getAccessToken(userId, provider, providerClient(configured), now) : refuse("not_connected");
}
