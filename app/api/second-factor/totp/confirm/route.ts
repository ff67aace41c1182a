import { requireCookieSession, withSessionCookie } from "@/app/_request/api-session";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { requireFactorActor } from "@/app/_request/second-factor-actor";
import { renewAuthentication } from "@/features/reauthentication/renew-authentication";
import { CodeOnlySchema } from "@/features/second-factor/schema";
import { turnSecondFactorOn } from "@/features/second-factor/turn-on";
import { systemClock } from "@/lib/clock";

/**
 * Turns the second factor on. The session that asks has proved two factors with that, and its cookie says so from then on; an
 * access token stays what it is, and so does the session of whoever brings nothing else.
 */
async function postConfirm(request: Request): Promise<Response> {
  const { actor, reply } = await requireFactorActor(request);
  const { code } = await readJson(request, CodeOnlySchema);
  const now = systemClock();
  const turnedOn = await turnSecondFactorOn(actor, code, now);
  if (!turnedOn.ok) throw new Problem(turnedOn.refusal);

  const response = Response.json(turnedOn.value);
  if (request.headers.has("authorization")) return reply(response);
  const { claims } = await requireCookieSession(request);
  const proof = { method: "otp", secondFactor: ["otp"], origin: actor.origin };
  const raised = await renewAuthentication(claims, proof, now);
  return raised.ok ? withSessionCookie(response, raised.value) : response;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postConfirm });
