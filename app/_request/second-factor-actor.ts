import { originOf } from "@/features/audit/request-origin";
import type { Actor } from "@/features/second-factor/turn-on";
import { CHANGE_FACTOR_MAX_AGE_SECONDS } from "@/features/totp/policy";
import { type ApiSession, requireApiSession } from "./api-session";
import { requireRecentApiAuthentication } from "./recent-authentication";

/**
 * Who is about to change their second factor over the API: somebody who has proved recently who they are.
 *
 * @throws Problem as `requireApiSession`, or `recent_authentication_required`.
 */
export async function requireFactorActor(request: Request): Promise<ApiSession & { actor: Actor }> {
  const session = await requireApiSession(request);
  requireRecentApiAuthentication(session.claims, CHANGE_FACTOR_MAX_AGE_SECONDS);
  const { sub: userId, sid: sessionId } = session.claims;
  return { ...session, actor: { userId, sessionId, origin: originOf(request.headers) } };
}
