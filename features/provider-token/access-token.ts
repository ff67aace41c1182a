import { addSeconds } from "@/lib/clock";
import { ok, type Result, refuse } from "@/lib/result";
import type { TokenRow } from "./data";
import { openTokens } from "./token-set";

/** A token for calling a provider's API in a person's name. Not for the browser, a cookie or a log. */
export interface ProviderAccessToken {
  readonly accessToken: string;
  /** When it expires; null when the provider didn't say. */
  readonly expiresAt: Date | null;
  /** What it is good for, space-separated; null when the provider granted just what was asked for. */
  readonly scope: string | null;
}

/** Why there is none. */
export type ProviderTokenRefusal =
  /** The person never signed in there, or the provider isn't enabled. */
  | "not_connected"
  /** Only the person can mend it, by signing in there again. */
  | "needs_consent"
  /** The provider gives no usable answer just now. Nothing has changed. */
  | "temporarily_unavailable";

export type ProviderTokenOutcome = Result<ProviderAccessToken, ProviderTokenRefusal>;

/**
 * What a stored row answers by itself.
 *
 * @param remainingSeconds - For how long the access token has to be good still.
 * @returns null when the token has to be renewed first.
 */
export function readAccessToken(
  row: TokenRow | null,
  now: Date,
  remainingSeconds: number,
): ProviderTokenOutcome | null {
  if (!row) return refuse("not_connected");
  if (row.needsConsent) return refuse("needs_consent");
  const { expiresAt } = row;
  if (expiresAt !== null && expiresAt < addSeconds(now, remainingSeconds)) return null;
  const tokens = openTokens(row.accountId, row.sealedTokens);
  // Not noted in the row: should the secret come back, so do the tokens.
  return tokens ? ok({ accessToken: tokens.accessToken, expiresAt, scope: tokens.scope }) : refuse("needs_consent");
}
