import { confirmations } from "@/features/session/confirmations";
import type { SessionEndReason } from "@/features/session/end-reason";
import { lookUpSession } from "@/features/session/look-up-session";
import { revocationFeed } from "@/features/session/revocation-feed";
import type { RepeatedClaims } from "@/features/session/session-claims";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log";
import type { ActingClaims } from "./access-token-claims";
import { verifyAccessToken } from "./verify-access-token";

/** What a presented access token is worth. */
export type AccessTokenCheck =
  | { state: "invalid" }
  /** `person` is there when the session's row had to be read. */
  | { state: "live"; claims: ActingClaims; person: RepeatedClaims | null }
  | { state: "ended"; reason: SessionEndReason }
  /** The database can't be asked and may not be done without (S10). */
  | { state: "unavailable" };

/**
 * Decides on an access token: what `verifyAccessToken` does, and that its session has not ended (S9). Without a query of its
 * own, unless the session's claims have changed since, or `fresh` asks for it (S2).
 *
 * @param token - As received, unverified.
 * @param options.fresh - Decide as of now, not as of a second ago, and not without the database.
 */
export async function checkAccessToken(
  token: string,
  options: { now: Date; fresh?: boolean },
): Promise<AccessTokenCheck> {
  const { now, fresh = false } = options;
  const verified = await verifyAccessToken(token, now);
  if (!verified.ok) return { state: "invalid" };
  const claims = verified.value;

  const feed = revocationFeed();
  const freshness = await feed.ensure(fresh ? 0 : env().REVOCATION_MAX_STALENESS);
  if (freshness === "unavailable") return { state: "unavailable" };
  const verdict = feed.verdict(claims);
  if (verdict.kind === "ended") return { state: "ended", reason: verdict.reason };
  // The token came in one answer with the cookie of its generation: whoever has the one got the other (S5, S6).
  confirmations().note(claims.sid, claims.gen);
  if (verdict.kind === "nothing" && !fresh) return { state: "live", claims, person: null };
  try {
    const found = await lookUpSession(claims.sid, now);
    if (found.state === "ended") return found;
    const { roles, claimsVersion: cv } = found.row;
    return { state: "live", claims: { ...claims, roles: [...roles], cv }, person: found.row };
  } catch (error) {
    log.error({ error, sessionId: claims.sid }, "a session could not be looked up");
    return { state: "unavailable" };
  }
}
