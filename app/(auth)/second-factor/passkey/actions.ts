"use server";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireSession, sessionCookieValue, setSessionCookie } from "@/app/_request/session";
import { knownDeviceCookie, knownDeviceCookieName } from "@/features/known-device/device-cookie";
import { confirmationOptions } from "@/features/passkey/authentication-options";
import { type AuthenticationResponse, PasskeyAssertionSchema } from "@/features/passkey/schema";
import { reauthenticateWithPasskey } from "@/features/reauthentication/reauthenticate-with-passkey";
import { answerWithPasskey } from "@/features/second-factor/answer-with-passkey";
import { challengeCookieAttributes, challengeCookieName } from "@/features/second-factor/challenge-cookie";
import { findChallenge } from "@/features/second-factor/complete-challenge";
import { openSessionCookie } from "@/features/session/session-cookie";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";

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
    ? await completeSignIn(challenge, answer.data)
    : await raiseSession(callbackUrl, answer.data);
  if (refusal !== null) return refusal;
  redirect(callbackUrl);
}

async function completeSignIn(challenge: string, answer: AuthenticationResponse) {
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

async function raiseSession(callbackUrl: string, answer: AuthenticationResponse) {
  await requireSession(callbackUrl);
  const now = systemClock();
  const claims = openSessionCookie(await sessionCookieValue(), now);
  const raised = claims && (await reauthenticateWithPasskey(claims, answer, now, await requestOrigin()));
  if (raised && !raised.ok && raised.refusal === "invalid_passkey") return raised.refusal;
  if (!raised?.ok) redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  await setSessionCookie(raised.value);
  return null;
}
