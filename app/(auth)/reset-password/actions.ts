"use server";

import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { getTranslations } from "@/app/_request/translations";
import { formText } from "@/components/form-text";
import { passwordSentence } from "@/features/password/sentences";
import { resetPassword } from "@/features/password-reset/reset-password";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { limitSentence } from "@/features/rate-limit/sentences";
import { systemClock } from "@/lib/clock";

export type ResetPasswordState =
  | { status: "idle" }
  | { status: "invalid"; errors: string[] }
  /** The link was spent, replaced or expired while the page was open. */
  | { status: "rejected" };

export async function resetPasswordAction(
  _previous: ResetPasswordState,
  formData: FormData,
): Promise<ResetPasswordState> {
  const input = { token: formText(formData, "token"), password: formText(formData, "password") };
  const reset = await resetPassword(input, await requestOrigin(), systemClock());
  if (reset.ok) redirect("/sign-in?password=reset");
  if (reset.refusal === "invalid_token") return { status: "rejected" };
  const t = await getTranslations("rules");
  if (isRateLimited(reset.refusal)) return { status: "invalid", errors: [limitSentence(t, reset.refusal)] };
  return { status: "invalid", errors: [passwordSentence(t, reset.refusal)] };
}
