"use server";

import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { formText } from "@/components/form-text";
import { type UndoRefusal, undoEmailChange } from "@/features/email-change/undo-email-change";
import { systemClock } from "@/lib/clock";

export type UndoState = { status: "idle" } | { status: "rejected"; refusal: UndoRefusal };

export async function undoEmailChangeAction(_previous: UndoState, formData: FormData): Promise<UndoState> {
  const undone = await undoEmailChange(formText(formData, "token"), await requestOrigin(), systemClock());
  if (!undone.ok) return { status: "rejected", refusal: undone.refusal };
  redirect("/undo-email-change?undone=1");
}
