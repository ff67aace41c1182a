import { checkSession, type SessionCheck } from "@/features/session/check-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie, sessionCookieAttributes, sessionCookieName } from "@/features/session/session-cookie";
import { systemClock } from "@/lib/clock";
import { readCookie, serializeCookie } from "./cookie";
import { Problem } from "./problem";
import { RETRY_AFTER_SECONDS } from "./route";

/** A session that a route handler may act for. */
export interface ApiSession {
  readonly claims: SessionClaims;
  /** Adds the rotated cookie, if there is one, to the answer. */
  reply(response: Response): Response;
}

/**
 * The session of an API request, rotated when that is due.
 *
 * @param options.fresh - Decide on revocations as of this very moment.
 * @param options.force - Rotate even if it isn't due.
 * @throws Problem `unauthenticated`, `session_ended` with its `reason`, or `temporarily_unavailable`.
 */
export async function requireApiSession(
  request: Request,
  options: { fresh?: boolean; force?: boolean } = {},
): Promise<ApiSession> {
  const cookie = readCookie(request.headers, sessionCookieName());
  const check = await checkSession(cookie, { now: systemClock(), mayRotate: true, ...options });
  const { claims, rotated } = requireLive(check);
  return { claims, reply: (response) => (rotated ? withSessionCookie(response, claims) : response) };
}

/** The claims of a live session; every other outcome is thrown as its problem. */
function requireLive(check: SessionCheck): { claims: SessionClaims; rotated: boolean } {
  switch (check.state) {
    case "live":
      return check;
    case "none":
      throw new Problem("unauthenticated", { headers: { "WWW-Authenticate": "Bearer" } });
    case "ended":
      throw new Problem("session_ended", {
        members: { reason: check.reason },
        headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' },
      });
    case "unavailable":
      throw new Problem("temporarily_unavailable", { headers: { "Retry-After": String(RETRY_AFTER_SECONDS) } });
  }
}

/** The response with the session's cookie set to these claims. */
export function withSessionCookie(response: Response, claims: SessionClaims): Response {
  const cookie = serializeCookie(sessionCookieName(), sealSessionCookie(claims), sessionCookieAttributes(claims));
  response.headers.append("Set-Cookie", cookie);
  return response;
}
