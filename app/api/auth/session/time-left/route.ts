import { route } from "@/app/_request/route";
import { problemOf } from "@/app/_request/session-problems";
import { originOf } from "@/features/audit/request-origin";
import { checkSession } from "@/features/session/check-session";
import { sessionCookieName } from "@/features/session/session-cookie";
import { timeLeft } from "@/features/session/time-left";
import { systemClock } from "@/lib/clock";
import { readCookie } from "@/lib/host-cookie";

/**
 * How long the session of this browser goes on, or `null`. Asking moves nothing on: a page that was left open would keep its
 * session alive for ever by it.
 */
async function getTimeLeft(request: Request): Promise<Response> {
  const now = systemClock();
  const check = await checkSession(readCookie(request.headers, sessionCookieName()), {
    now,
    mayRotate: false,
    get origin() {
      return originOf(request.headers);
    },
  });
  if (check.state === "unavailable") throw problemOf(check);
  return Response.json(check.state === "live" ? timeLeft(check.claims, now) : null);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getTimeLeft });
