import { ROLES } from "@/access";
import { issueAccessToken } from "@/features/access-token/issue-access-token";
import { describeSession } from "@/features/session/session";
import type { SessionClaims } from "@/features/session/session-claims";
import { refuseWhileDue, withSessionCookie } from "./api-session";

/**
 * What an API client is given after a complete sign-in and after a refresh: an access token to hold in memory, who is
 * signed in, and the session cookie, which is what the next refresh takes.
 *
 * @throws Problem `account_deletion_pending`, with the cookie and no token.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export async function signedInAnswer(claims: SessionClaims, now: Date): Promise<Response> {
  refuseWhileDue(claims);
  const { accessToken, expiresIn } = await issueAccessToken(claims, now);
  const { user } = describeSession(claims, ROLES);
  return withSessionCookie(Response.json({ accessToken, tokenType: "Bearer", expiresIn, user }), claims);
}
