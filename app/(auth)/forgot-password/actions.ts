"use server";

import { redirect } from "next/navigation";

import { fieldErrorsOf } from "@/app/_request/field-errors";
import { findLimit } from "@/app/_request/limits";
import { requestOrigin } from "@/app/_request/request-origin";
import { formText } from "@/components/form-text";
import { requestPasswordReset } from "@/features/password-reset/request-password-reset";
import { ForgotPasswordSchema } from "@/features/password-reset/schema";
import { systemClock } from "@/lib/clock";

export type ForgotPasswordState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { email?: string[] }; values: { email: string } }
  | { status: "limited"; message: string; values: { email: string } };

export async function forgotPasswordAction(
  _previous: ForgotPasswordState,
  formData: FormData,
): Promise<ForgotPasswordState> {
  const email = formText(formData, "email");
  const parsed = ForgotPasswordSchema.safeParse({ email });
  if (!parsed.success) {
    return { status: "invalid", fieldErrors: await fieldErrorsOf(parsed.error), values: { email } };
  }
  const message = await findLimit("mail");
  if (message) return { status: "limited", message, values: { email } };
  await requestPasswordReset(parsed.data.email, await requestOrigin(), systemClock());
  // The same for a known and an unknown address.
  redirect("/forgot-password?sent=1");
}
