"use server";

import { redirect } from "next/navigation";
import * as z from "zod";

import { findLimit } from "@/app/_request/limits";
import { requestOrigin } from "@/app/_request/request-origin";
import { formText } from "@/components/form-text";
import { requestPasswordReset } from "@/features/password-reset/request-password-reset";
import { ForgotPasswordSchema } from "@/features/password-reset/schema";
import type { RateLimited } from "@/features/rate-limit/rate-limited";
import { systemClock } from "@/lib/clock";

export type ForgotPasswordState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { email?: string[] }; values: { email: string } }
  | { status: "limited"; refusal: RateLimited; values: { email: string } };

export async function forgotPasswordAction(
  _previous: ForgotPasswordState,
  formData: FormData,
): Promise<ForgotPasswordState> {
  const email = formText(formData, "email");
  const parsed = ForgotPasswordSchema.safeParse({ email });
  if (!parsed.success) {
    return { status: "invalid", fieldErrors: z.flattenError(parsed.error).fieldErrors, values: { email } };
  }
  const refusal = await findLimit("mail");
  if (refusal) return { status: "limited", refusal, values: { email } };
  await requestPasswordReset(parsed.data.email, await requestOrigin(), systemClock());
  // The same for a known and an unknown address.
  redirect("/forgot-password?sent=1");
}
