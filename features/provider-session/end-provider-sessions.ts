import { endSession } from "@/features/session/end-session";
import { spendOnce } from "@/features/single-use/data";
import { ok, type Result, refuse } from "@/lib/result";
import { findSessionsOf } from "./data";
import { type LogoutTokenExpectations, verifyLogoutToken } from "./logout-token";

/**
 * Ends the sessions that a provider says have ended there, on every instance within the staleness bound (S3). A session or a
 * person that isn't known here is no mistake of the provider's: there is nothing to end.
 *
 * @param unverifiedToken - The logout token, as received.
 * @returns How many ended; `invalid_logout_token` also for one that was used before, on whichever instance.
 * @see https://openid.net/specs/openid-connect-backchannel-1_0.html#BCActions
 */
export async function endProviderSessions(
  provider: string,
  unverifiedToken: string,
  expectations: LogoutTokenExpectations,
  now: Date,
): Promise<Result<number, "invalid_logout_token">> {
  const verified = await verifyLogoutToken(unverifiedToken, expectations, now);
  if (!verified.ok) return verified;
  const { tokenId, expiresAt } = verified.value;
  const isFirst = await spendOnce("logout-token", `${expectations.issuer} ${tokenId}`, expiresAt);
  if (!isFirst) return refuse("invalid_logout_token");
  const sessions = await findSessionsOf(provider, verified.value);
  // Without the request's origin: it is the provider's, and would be shown to the person as theirs.
  for (const session of sessions) await endSession(session, "signed_out", now);
  return ok(sessions.length);
}
