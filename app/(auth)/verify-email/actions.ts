"use server";

import { redirect } from "next/navigation";

import { fieldErrorsOf } from "@/app/_request/field-errors";
import { findLimit } from "@/app/_request/limits";
import { requestOrigin } from "@/app/_request/request-origin";
import { getLanguage } from "@/app/_request/translations";
import { formText } from "@/components/form-text";
import { resendVerification } from "@/features/sign-up/resend-verification";
import { ResendVerificationSchema } from "@/features/sign-up/schema";
import { verifyEmail } from "@/features/sign-up/verify-email";

export type ConfirmState = { status: "idle" } | { status: "rejected" };

export type ResendState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { email?: string[] }; values: { email: string } }
  | { status: "limited"; message: string; values: { email: string } }
  | { status: "sent" };

export async function confirmEmailAction(_previous: ConfirmState, formData: FormData): Promise<ConfirmState> {
  const result = await verifyEmail(formText(formData, "token"), new Date(), await requestOrigin());
  if (!result.ok) return { status: "rejected" };
  redirect("/sign-in?verified=1");
}

export async function resendVerificationAction(_previous: ResendState, formData: FormData): Promise<ResendState> {
  const email = formText(formData, "email");
  const parsed = ResendVerificationSchema.safeParse({ email });
  if (!parsed.success) {
    return { status: "invalid", fieldErrors: await fieldErrorsOf(parsed.error), values: { email } };
  }
  const message = await findLimit("mail");
  if (message) return { status: "limited", message, values: { email } };
  await resendVerification(parsed.data.email, new Date(), await getLanguage());
  return { status: "sent" };
}
