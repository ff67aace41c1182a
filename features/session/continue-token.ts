import { checkSession } from "./check-session";
import { type SessionClaims, SessionClaimsSchema } from "./session-claims";
import { sealSessionCookie } from "./session-cookie";

/**
 * The claims that a session goes on with: the same inside its window, rotated after it, null once it has ended. For
 * Auth.js's own reading of a session, which hands its result to the browser.
 *
 * @param token - What `decode` made of the cookie.
 */
export async function continueToken(token: unknown, now: Date): Promise<SessionClaims | null> {
  const claims = SessionClaimsSchema.safeParse(token).data;
  if (!claims) return null;
  const check = await checkSession(sealSessionCookie(claims), { now, mayRotate: true });
  // Weather is not a sign-out (S10): a null here would clear the cookie.
  if (check.state === "unavailable") return claims;
  return check.state === "live" ? check.claims : null;
}
