import { serializeCookie } from "@/app/_request/cookie";
import { presentedDevice, withDeviceCookie } from "@/app/_request/known-device";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { lockedProblem } from "@/app/_request/second-factor-problem";
import { signedInAnswer } from "@/app/_request/signed-in-answer";
import { originOf } from "@/features/audit/request-origin";
import { answerChallenge } from "@/features/second-factor/answer-challenge";
import { challengeCookieAttributes, challengeCookieName } from "@/features/second-factor/challenge-cookie";
import { SecondFactorSchema } from "@/features/second-factor/schema";
import { sessionCookieName } from "@/features/session/session-cookie";
import { deviceCookieAttributes, deviceCookieName } from "@/features/trusted-device/device-cookie";
import { trustDevice } from "@/features/trusted-device/trust-device";
import { systemClock } from "@/lib/clock";
import { readCookie } from "@/lib/host-cookie";

async function postSecondFactor(request: Request): Promise<Response> {
  const input = await readJson(request, SecondFactorSchema);
  const { headers } = request;
  const now = systemClock();
  const origin = originOf(headers);
  const presentedCookie = readCookie(headers, sessionCookieName());
  const token = readCookie(headers, challengeCookieName());
  const device = presentedDevice(headers, now);
  const deviceToken = device.value;
  const answer = await answerChallenge(token, { code: input.code, origin, presentedCookie, deviceToken }, now);
  if (answer.outcome === "locked") throw lockedProblem(answer.lockedUntil, now);
  if (answer.outcome === "invalid_code") throw new Problem(answer.outcome, { status: 401 });
  if (answer.outcome !== "signed_in") throw new Problem(answer.outcome);

  const response = withDeviceCookie(await signedInAnswer(answer.claims, now), device);
  response.headers.append("Set-Cookie", serializeCookie(challengeCookieName(), "", challengeCookieAttributes(null)));
  if (input.trustDevice) {
    const trust = await trustDevice(answer.claims.sub, origin, now);
    const attributes = deviceCookieAttributes(trust.expiresAt);
    response.headers.append("Set-Cookie", serializeCookie(deviceCookieName(), trust.token, attributes));
  }
  return response;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postSecondFactor });
