"use server";

import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { clearSessionCookie, requireSession } from "@/app/_request/session";
import { formText } from "@/components/form-text";
import { reportAsNotMe } from "@/features/activity/report-as-not-me";
import { systemClock } from "@/lib/clock";

/**
 * Asks for no password first: whoever finds somebody else in their account may have been robbed of it, and all that this does
 * is to have everybody prove who they are.
 */
export async function reportAction(formData: FormData): Promise<void> {
  const { user } = await requireSession("/settings/security/report");
  await reportAsNotMe(user.id, formText(formData, "session"), await requestOrigin(), systemClock());
  await clearSessionCookie();
  redirect("/sign-in?reported=1&callbackUrl=%2Fsettings%2Fsecurity%2Fchecklist");
}
