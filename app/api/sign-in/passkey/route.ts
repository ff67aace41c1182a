import { presentedDevice, withDeviceCookie } from "@/app/_request/known-device";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { signedInAnswer } from "@/app/_request/signed-in-answer";
import { originOf } from "@/features/audit/request-origin";
import { PasskeySignInSchema } from "@/features/passkey/schema";
import { signInWithPasskey } from "@/features/passkey/sign-in-with-passkey";
import { beginSession } from "@/features/session/begin-session";
import { sessionCookieName } from "@/features/session/session-cookie";
import { systemClock } from "@/lib/clock";
import { readCookie } from "@/lib/host-cookie";

/** Signs in with what `PublicKeyCredential.toJSON()` says of a passkey's answer. */
async function postPasskeySignIn(request: Request): Promise<Response> {
  const answer = await readJson(request, PasskeySignInSchema);
  const now = systemClock();
  const { headers } = request;
  const proof = await signInWithPasskey(answer, originOf(headers), now);
  if (!proof.ok) throw new Problem(proof.refusal);
  const device = presentedDevice(headers, now);
  const signIn = { ...proof.value, deviceToken: device.value };
  const begun = await beginSession(signIn, readCookie(headers, sessionCookieName()), now);
  if (!begun.ok) throw new Problem(begun.refusal);
  return withDeviceCookie(await signedInAnswer(begun.value, now), device);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postPasskeySignIn });
