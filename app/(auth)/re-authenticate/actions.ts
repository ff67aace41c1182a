"use server";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireSession, sessionCookieValue, setSessionCookie } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { signIn } from "@/auth";
import { formText } from "@/components/form-text";
import { confirmationOptions } from "@/features/passkey/authentication-options";
import { PasskeyAssertionSchema } from "@/features/passkey/schema";
import { type ReauthenticationRefusal, reauthenticate } from "@/features/reauthentication/reauthenticate";
import { reauthenticateWithPasskey } from "@/features/reauthentication/reauthenticate-with-passkey";
import type { SessionClaims } from "@/features/session/session-claims";
import { openSessionCookie } from "@/features/session/session-cookie";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { SignInSchema } from "@/features/sign-in/schema";
import { systemClock } from "@/lib/clock";
import { sayFieldMessage } from "@/lib/i18n/field-message";
import { log } from "@/lib/log";
import { type Result, refuse } from "@/lib/result";
import { signInSentence } from "../sign-in/sentences";

export type ReauthenticateState =
  | { status: "idle" }
  | { status: "invalid"; errors: string[] }
  | { status: "rejected"; message: string };

export async function reauthenticateAction(
  _previous: ReauthenticateState,
  formData: FormData,
): Promise<ReauthenticateState> {
  const callbackUrl = safeCallbackPath(formText(formData, "callbackUrl"));
  await requireSession(callbackUrl);
  const password = SignInSchema.shape.password.safeParse(formText(formData, "password"));
  if (!password.success) {
    const t = await getTranslations("rules");
    return { status: "invalid", errors: password.error.issues.map((issue) => sayFieldMessage(t, issue.message)) };
  }

  const now = systemClock();
  const claims = openSessionCookie(await sessionCookieValue(), now);
  const renewed = claims && (await tryToReauthenticate(claims, password.data, now, await requestOrigin()));
  // Ended while the password was checked: the sign-in page says why.
  const toSignIn = `/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`;
  if (!renewed) redirect(toSignIn);
  if (!renewed.ok) {
    if (renewed.refusal === "session_ended") redirect(toSignIn);
    return { status: "rejected", message: await signInSentence(renewed.refusal) };
  }
  await setSessionCookie(renewed.value);
  redirect(callbackUrl);
}

/** The provider is asked not to answer from its own session; whoever comes back has a new session here. */
export async function reauthenticateWithProviderAction(formData: FormData): Promise<void> {
  const callbackUrl = safeCallbackPath(formText(formData, "callbackUrl"));
  await requireSession(callbackUrl);
  const provider = formText(formData, "provider");
  await signIn(provider, { redirectTo: callbackUrl }, { prompt: "login", max_age: "0" });
}

/** @param unverifiedPath - Where the person was going. */
export async function passkeyOptionsAction(unverifiedPath: unknown): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { user } = await requireSession(safeCallbackPath(unverifiedPath));
  return confirmationOptions("step_up", user.id, systemClock());
}

/** @returns Why not; else the browser is led on. */
export async function reauthenticateWithPasskeyAction(
  unverifiedAnswer: unknown,
  unverifiedPath: unknown,
): Promise<"invalid_passkey"> {
  const callbackUrl = safeCallbackPath(unverifiedPath);
  await requireSession(callbackUrl);
  const answer = PasskeyAssertionSchema.safeParse(unverifiedAnswer);
  if (!answer.success) return "invalid_passkey";

  const now = systemClock();
  const claims = openSessionCookie(await sessionCookieValue(), now);
  const renewed = claims && (await reauthenticateWithPasskey(claims, answer.data, now, await requestOrigin()));
  if (renewed && !renewed.ok && renewed.refusal === "invalid_passkey") return renewed.refusal;
  if (!renewed?.ok) redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  await setSessionCookie(renewed.value);
  redirect(callbackUrl);
}

async function tryToReauthenticate(
  ...request: Parameters<typeof reauthenticate>
): Promise<Result<SessionClaims, ReauthenticationRefusal | "temporarily_unavailable">> {
  try {
    return await reauthenticate(...request);
  } catch (error) {
    log.error({ error }, "A password could not be checked.");
    return refuse("temporarily_unavailable");
  }
}
