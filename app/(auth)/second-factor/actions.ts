"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireSession, sessionCookieValue, setSessionCookie } from "@/app/_request/session";
import { formText } from "@/components/form-text";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { knownDeviceCookie, knownDeviceCookieName } from "@/features/known-device/device-cookie";
import { answerChallenge } from "@/features/second-factor/answer-challenge";
import { challengeCookieAttributes, challengeCookieName } from "@/features/second-factor/challenge-cookie";
import { CodeSchema } from "@/features/second-factor/schema";
import { stepUp } from "@/features/second-factor/step-up";
import type { SessionClaims } from "@/features/session/session-claims";
import { openSessionCookie } from "@/features/session/session-cookie";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { deviceCookieAttributes, deviceCookieName } from "@/features/trusted-device/device-cookie";
import { trustDevice } from "@/features/trusted-device/trust-device";
import { systemClock } from "@/lib/clock";
import type { CodeRefusal } from "./code-refusal";

export type SecondFactorState =
  | { status: "idle" }
  | { status: "invalid"; errors: string[]; trustDevice: boolean }
  | { status: "rejected"; refusal: CodeRefusal; trustDevice: boolean };

/** Completes the sign-in that waits in this browser; without one, raises the session of whoever is signed in. */
export async function secondFactorAction(_previous: SecondFactorState, formData: FormData): Promise<SecondFactorState> {
  const callbackUrl = safeCallbackPath(formText(formData, "callbackUrl"));
  const trust = formText(formData, "trustDevice") === "on";
  const code = CodeSchema.safeParse(formText(formData, "code"));
  if (!code.success) {
    return { status: "invalid", errors: code.error.issues.map(({ message }) => message), trustDevice: trust };
  }
  const challenge = (await cookies()).get(challengeCookieName())?.value;
  const origin = await requestOrigin();
  const proven = challenge
    ? await completeSignIn(challenge, code.data, origin)
    : await raiseSession(callbackUrl, code.data, origin);
  if ("refusal" in proven) return { status: "rejected", ...proven, trustDevice: trust };
  await setSessionCookie(proven.claims);
  if (challenge && trust) await rememberDevice(proven.claims, origin);
  redirect(callbackUrl);
}

type Proven = { claims: SessionClaims } | { refusal: CodeRefusal };

async function completeSignIn(challenge: string, code: string, origin: RequestOrigin): Promise<Proven> {
  const presentedCookie = await sessionCookieValue();
  const jar = await cookies();
  const device = knownDeviceCookie(jar.get(knownDeviceCookieName())?.value, systemClock());
  const typed = { code, origin, presentedCookie, deviceToken: device.value };
  const answer = await answerChallenge(challenge, typed, systemClock());
  switch (answer.outcome) {
    case "signed_in":
      jar.set(challengeCookieName(), "", challengeCookieAttributes(null));
      jar.set(device.name, device.value, device.attributes);
      return { claims: answer.claims };
    case "locked":
      return { refusal: { lockedUntil: answer.lockedUntil.toISOString() } };
    case "account_disabled":
      return redirect("/auth-error?error=AccountDisabled");
    case "invalid_code":
      return { refusal: "invalid_code" };
    case "challenge_expired":
    case "invalid_credentials":
    case "second_factor_required":
      return { refusal: "challenge_expired" };
  }
}

async function raiseSession(callbackUrl: string, code: string, origin: RequestOrigin): Promise<Proven> {
  await requireSession(callbackUrl);
  const now = systemClock();
  const claims = openSessionCookie(await sessionCookieValue(), now);
  const raised = claims && (await stepUp(claims, code, origin, now));
  if (raised?.outcome === "raised") return { claims: raised.claims };
  if (raised?.outcome === "locked") return { refusal: { lockedUntil: raised.lockedUntil.toISOString() } };
  if (raised?.outcome === "invalid_code") return { refusal: "invalid_code" };
  return redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
}

async function rememberDevice({ sub }: SessionClaims, origin: RequestOrigin): Promise<void> {
  const { token, expiresAt } = await trustDevice(sub, origin, systemClock());
  (await cookies()).set(deviceCookieName(), token, deviceCookieAttributes(expiresAt));
}
