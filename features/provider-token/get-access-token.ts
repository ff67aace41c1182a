import type { UserId } from "@/features/account/user-id";
import { refuse } from "@/lib/result";
import { type ProviderTokenOutcome, readAccessToken } from "./access-token";
import { findTokens } from "./data";
import { MIN_REMAINING_SECONDS } from "./policy";
import { renewTokens } from "./renew-tokens";
import type { ProviderClient } from "./request-renewal";

// Each route's bundle holds its own copy of this module; the process has one map.
const shared = globalThis as { latchkeyTokenRenewals?: Map<string, Promise<ProviderTokenOutcome>> };

/**
 * An access token that is good for another minute at least: the stored one, or else a renewed one. However many ask at
 * once, on however many instances, the provider is asked once (S13).
 *
 * @param provider - The provider's id, such as "google".
 * @throws When the database can't be asked.
 */
export async function getAccessToken(
  userId: UserId,
  provider: string,
  client: ProviderClient,
  now: Date,
): Promise<ProviderTokenOutcome> {
  const row = await findTokens(userId, provider);
  if (!row) return refuse("not_connected");
  const answer = readAccessToken(row, now, MIN_REMAINING_SECONDS);
  if (answer) return answer;

  shared.latchkeyTokenRenewals ??= new Map();
  const underWay = shared.latchkeyTokenRenewals;
  const renewal =
    underWay.get(row.accountId) ??
    renewTokens({ userId, provider, client }, row, now).finally(() => underWay.delete(row.accountId));
  underWay.set(row.accountId, renewal);
  return await renewal;
}
