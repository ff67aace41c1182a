import { requireCookieSession } from "@/app/_request/api-session";
import { route } from "@/app/_request/route";
import { signedInAnswer } from "@/app/_request/signed-in-answer";
import { systemClock } from "@/lib/clock";

/** Exchanges the session cookie for its successor and a new access token. An `Authorization` header is not looked at. */
async function postRefresh(request: Request): Promise<Response> {
  const { claims } = await requireCookieSession(request, { force: true, none: "no_session" });
  return signedInAnswer(claims, systemClock());
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postRefresh });
