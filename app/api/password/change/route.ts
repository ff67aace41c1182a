import { type ApiSession, requireApiSession, withSessionCookie } from "@/app/_request/api-session";
import { passwordProblem } from "@/app/_request/password-problem";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { requireApiStepUp, requireRecentApiAuthentication } from "@/app/_request/recent-authentication";
import { route } from "@/app/_request/route";
import { problemOf } from "@/app/_request/session-problems";
import { findSignInMethods } from "@/features/account/data";
import { originOf } from "@/features/audit/request-origin";
import { changePassword, setFirstPassword } from "@/features/password-change/change-password";
import { SET_PASSWORD_MAX_AGE_SECONDS } from "@/features/password-change/policy";
import { ChangePasswordSchema } from "@/features/password-change/schema";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { lookUpSession } from "@/features/session/look-up-session";
import { systemClock } from "@/lib/clock";

/**
 * Changes the password, or sets the first one. The answer's cookie is the session's, under its new id: a client that holds an
 * access token gets the next one from `/api/refresh`, as after a sign-in.
 */
async function postChange(request: Request): Promise<Response> {
  const { claims } = await requireApiSession(request);
  await requireApiStepUp(claims);
  const { currentPassword, newPassword } = await readJson(request, ChangePasswordSchema);
  const origin = originOf(request.headers);
  const now = systemClock();
  const isFirst = currentPassword === undefined && !(await findSignInMethods(claims.sub)).password;
  if (isFirst) requireRecentApiAuthentication(claims, SET_PASSWORD_MAX_AGE_SECONDS);
  const replaced = isFirst
    ? await setFirstPassword(claims, newPassword, origin, now)
    : // Left out, the password that there is counts as wrong, and is written down as that.
      await changePassword(claims, { currentPassword: currentPassword ?? "", newPassword }, origin, now);
  if (replaced.ok) return withSessionCookie(new Response(null, { status: 204 }), replaced.value);
  if (isRateLimited(replaced.refusal)) throw new Problem(replaced.refusal);
  switch (replaced.refusal) {
    case "session_ended":
      throw await endOf(claims);
    case "invalid_credentials":
    case "replaced_meanwhile":
      throw new Problem("invalid_credentials", { status: 403 });
    default:
      throw await passwordProblem("newPassword", replaced.refusal);
  }
}

/** It was live when the request came, and ended since. */
async function endOf({ sid }: ApiSession["claims"]): Promise<Problem | null> {
  const found = await lookUpSession(sid, systemClock());
  return problemOf(found.state === "ended" ? found : { state: "unavailable" });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postChange });
