"use server";

import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { formText } from "@/components/form-text";
import { confirmEmailChange } from "@/features/email-change/confirm-email-change";
import { systemClock } from "@/lib/clock";

export type ConfirmChangeState = { status: "idle" } | { status: "rejected" };

export async function confirmEmailChangeAction(
  _previous: ConfirmChangeState,
  formData: FormData,
): Promise<ConfirmChangeState> {
  const confirmed = await confirmEmailChange(formText(formData, "token"), await requestOrigin(), systemClock());
  if (!confirmed.ok) return { status: "rejected" };
  redirect("/confirm-email?changed=1");
}
