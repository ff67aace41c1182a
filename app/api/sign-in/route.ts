import { presentedDevice, withDeviceCookie } from "@/app/_request/known-device";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { secondFactorProblem } from "@/app/_request/second-factor-problem";
import { signedInAnswer } from "@/app/_request/signed-in-answer";
import { originOf } from "@/features/audit/request-origin";
import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { beginSession } from "@/features/session/begin-session";
import { sessionCookieName } from "@/features/session/session-cookie";
import { SignInSchema } from "@/features/sign-in/schema";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { deviceCookieName } from "@/features/trusted-device/device-cookie";
import { systemClock } from "@/lib/clock";
import { readCookie } from "@/lib/host-cookie";

async function postSignIn(request: Request): Promise<Response> {
  const { remember = false, ...credentials } = await readJson(request, SignInSchema);
  const now = systemClock();
  const { headers } = request;
  const origin = originOf(headers);
  const signedIn = await signInWithPassword(credentials, now, origin);
  if (!signedIn.ok) throw new Problem(signedIn.refusal);

  const { userId, passwordVersion } = signedIn.value;
  const firstFactor = { userId, method: "password", amr: ["pwd"], remember };
  const trustedDeviceToken = readCookie(headers, deviceCookieName());
  const admission = await admitFirstFactor(firstFactor, trustedDeviceToken, now);
  if (admission.outcome === "second_factor_required") throw secondFactorProblem(admission);

  const device = presentedDevice(headers, now);
  const tokens = { trustedDeviceToken, deviceToken: device.value };
  const proof = { ...firstFactor, aal: 1 as const, passwordVersion, ...tokens, ...origin };
  const begun = await beginSession(proof, readCookie(headers, sessionCookieName()), now);
  if (!begun.ok) throw new Problem(begun.refusal);
  return withDeviceCookie(await signedInAnswer(begun.value, now), device);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postSignIn });
