"use server";

import { redirect } from "next/navigation";

import { fieldErrorsOf } from "@/app/_request/field-errors";
import { requestOrigin } from "@/app/_request/request-origin";
import {
  requireRecentAuthentication,
  requireSession,
  sessionCookieValue,
  setSessionCookie,
} from "@/app/_request/session";
import { formText } from "@/components/form-text";
import { renewAuthentication } from "@/features/reauthentication/renew-authentication";
import { replaceRecoveryCodes } from "@/features/second-factor/replace-recovery-codes";
import { CodeOnlySchema } from "@/features/second-factor/schema";
import { turnSecondFactorOff } from "@/features/second-factor/turn-off";
import { turnSecondFactorOn } from "@/features/second-factor/turn-on";
import { openSessionCookie } from "@/features/session/session-cookie";
import { beginEnrolment } from "@/features/totp/begin-enrolment";
import { CHANGE_FACTOR_MAX_AGE_SECONDS } from "@/features/totp/policy";
import { revokeTrust } from "@/features/trusted-device/trust-device";
import { systemClock } from "@/lib/clock";
import { isUuid } from "@/lib/uuid";
import type { CodeRefusal } from "../../../../(auth)/second-factor/code-refusal";

const PAGE = "/settings/security/second-factor";

/** Recovery codes are in the answer that made them, and nowhere after. */
export type FactorState =
  | { status: "idle" }
  | { status: "codes"; recoveryCodes: string[]; turnedOn: boolean }
  | { status: "invalid"; errors: string[] }
  | { status: "rejected"; refusal: CodeRefusal };

export async function beginEnrolmentAction(): Promise<void> {
  const { user } = await requireRecentAuthentication(CHANGE_FACTOR_MAX_AGE_SECONDS, PAGE);
  await beginEnrolment({ userId: user.id, email: user.email }, systemClock());
  redirect(PAGE);
}

export async function turnOnAction(_previous: FactorState, formData: FormData): Promise<FactorState> {
  const { user, session } = await requireRecentAuthentication(CHANGE_FACTOR_MAX_AGE_SECONDS, PAGE);
  const typed = CodeOnlySchema.safeParse({ code: formText(formData, "code") });
  if (!typed.success) return { status: "invalid", errors: (await fieldErrorsOf(typed.error)).code ?? [] };
  const now = systemClock();
  const origin = await requestOrigin();
  const turnedOn = await turnSecondFactorOn({ userId: user.id, sessionId: session.id, origin }, typed.data.code, now);
  if (!turnedOn.ok) return { status: "rejected", refusal: turnedOn.refusal };

  const claims = openSessionCookie(await sessionCookieValue(), now);
  const proof = { method: "otp", secondFactor: ["otp"], origin };
  const raised = claims && (await renewAuthentication(claims, proof, now));
  if (raised?.ok) await setSessionCookie(raised.value);
  return { status: "codes", ...turnedOn.value, turnedOn: true };
}

export async function replaceCodesAction(_previous: FactorState, _formData: FormData): Promise<FactorState> {
  const { user, session } = await requireRecentAuthentication(CHANGE_FACTOR_MAX_AGE_SECONDS, PAGE);
  const actor = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  const replaced = await replaceRecoveryCodes(actor, systemClock());
  if (!replaced.ok) redirect(PAGE);
  return { status: "codes", ...replaced.value, turnedOn: false };
}

export async function turnOffAction(_previous: FactorState, formData: FormData): Promise<FactorState> {
  const { user, session } = await requireRecentAuthentication(CHANGE_FACTOR_MAX_AGE_SECONDS, PAGE);
  const typed = CodeOnlySchema.safeParse({ code: formText(formData, "code") });
  if (!typed.success) return { status: "invalid", errors: (await fieldErrorsOf(typed.error)).code ?? [] };
  const actor = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  const verdict = await turnSecondFactorOff(actor, typed.data.code, systemClock());
  if (verdict === "right") redirect(`${PAGE}?off=1`);
  const refusal = verdict === "invalid_code" ? verdict : { lockedUntil: verdict.lockedUntil.toISOString() };
  return { status: "rejected", refusal };
}

export async function revokeTrustAction(formData: FormData): Promise<void> {
  const { user } = await requireSession(PAGE);
  const id = formText(formData, "id");
  const revoked = isUuid(id) && (await revokeTrust(user.id, id, await requestOrigin()));
  redirect(revoked ? `${PAGE}?revoked=1` : PAGE);
}
