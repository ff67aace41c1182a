import { serializeCookie } from "@/app/_request/cookie";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { endSession } from "@/features/session/end-session";
import { openSessionCookie, sessionCookieAttributes, sessionCookieName } from "@/features/session/session-cookie";
import { systemClock } from "@/lib/clock";
import { readCookie } from "@/lib/host-cookie";

/** Ends the session, and has the browser forget what it kept of this site. Without a session it does the latter alone. */
async function postSignOut(request: Request): Promise<Response> {
  const now = systemClock();
  const claims = openSessionCookie(readCookie(request.headers, sessionCookieName()), now);
  if (claims) await endSession(claims, "signed_out", now, originOf(request.headers));
  const response = new Response(null, { status: 204, headers: { "Clear-Site-Data": '"cache", "cookies", "storage"' } });
  response.headers.append("Set-Cookie", serializeCookie(sessionCookieName(), "", sessionCookieAttributes(null)));
  return response;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postSignOut });
