"use server";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireSession, sessionCookieValue, setSessionCookie } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { formText } from "@/components/form-text";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { knownDeviceCookie, knownDeviceCookieName } from "@/features/known-device/device-cookie";
import { confirmationOptions } from "@/features/passkey/authentication-options";
import { type AuthenticationResponse, PasskeyAssertionSchema } from "@/features/passkey/schema";
import { reauthenticateWithPasskey } from "@/features/reauthentication/reauthenticate-with-passkey";
import { answerChallenge } from "@/features/second-factor/answer-challenge";
import { answerWithPasskey } from "@/features/second-factor/answer-with-passkey";
import { challengeCookieAttributes, challengeCookieName } from "@/features/second-factor/challenge-cookie";
import { findChallenge } from "@/features/second-factor/complete-challenge";
import { CodeSchema } from "@/features/second-factor/schema";
import { stepUp } from "@/features/second-factor/step-up";
import type { SessionClaims } from "@/features/session/session-claims";
import { openSessionCookie } from "@/features/session/session-cookie";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { deviceCookieAttributes, deviceCookieName } from "@/features/trusted-device/device-cookie";
import { trustDevice } from "@/features/trusted-device/trust-device";
import { systemClock } from "@/lib/clock";
import { sayFieldMessage } from "@/lib/i18n/field-message";
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
    const t = await getTranslations("rules");
    const errors = code.error.issues.map(({ message }) => sayFieldMessage(t, message));
    return { status: "invalid", errors, trustDevice: trust };
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

/**
 * What the browser needs to ask for a passkey of whoever's sign-in waits here, or of whoever is signed in.
 *
 * @param unverifiedPath - Where the person was going.
 */
export async function passkeyOptionsAction(unverifiedPath: unknown): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const now = systemClock();
  const challenge = await findChallenge((await cookies()).get(challengeCookieName())?.value, now);
  if (challenge) return confirmationOptions("second_factor", challenge.userId, now);
  const { user } = await requireSession(safeCallbackPath(unverifiedPath));
  return confirmationOptions("step_up", user.id, now);
}

/** Completes the sign-in that waits in this browser; without one, raises the session of whoever is signed in. */
export async function takePasskeyAction(
  unverifiedAnswer: unknown,
  unverifiedPath: unknown,
): Promise<"invalid_passkey" | "challenge_expired"> {
  const callbackUrl = safeCallbackPath(unverifiedPath);
  const answer = PasskeyAssertionSchema.safeParse(unverifiedAnswer);
  if (!answer.success) return "invalid_passkey";
  const challenge = (await cookies()).get(challengeCookieName())?.value;
  const refusal = challenge
    ? await completeSignInByPasskey(challenge, answer.data)
    : await raiseSessionByPasskey(callbackUrl, answer.data);
  if (refusal !== null) return refusal;
  redirect(callbackUrl);
}

async function completeSignInByPasskey(challenge: string, answer: AuthenticationResponse) {
  const jar = await cookies();
  const device = knownDeviceCookie(jar.get(knownDeviceCookieName())?.value, systemClock());
  const presentedCookie = await sessionCookieValue();
  const request = { origin: await requestOrigin(), presentedCookie, deviceToken: device.value };
  const completed = await answerWithPasskey(challenge, answer, request, systemClock());
  if (!completed.ok) {
    if (completed.refusal === "account_disabled") redirect("/auth-error?error=AccountDisabled");
    return completed.refusal === "invalid_passkey" ? completed.refusal : "challenge_expired";
  }
  jar.set(challengeCookieName(), "", challengeCookieAttributes(null));
  jar.set(device.name, device.value, device.attributes);
  await setSessionCookie(completed.value);
  return null;
}

async function raiseSessionByPasskey(callbackUrl: string, answer: AuthenticationResponse) {
  await requireSession(callbackUrl);
  const now = systemClock();
  const claims = openSessionCookie(await sessionCookieValue(), now);
  const raised = claims && (await reauthenticateWithPasskey(claims, answer, now, await requestOrigin()));
  if (raised && !raised.ok && raised.refusal === "invalid_passkey") return raised.refusal;
  if (!raised?.ok) redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  await setSessionCookie(raised.value);
  return null;
}
