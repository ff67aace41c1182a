"use server";

import { revalidatePath } from "next/cache";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireSession } from "@/app/_request/session";
import { signOutHereAndThere } from "@/app/_request/sign-out";
import { formText } from "@/components/form-text";
import { agreeToTerms } from "@/features/terms/agree-to-terms";
import { systemClock } from "@/lib/clock";

export async function signOutAction(): Promise<void> {
  await signOutHereAndThere();
}

/** Whoever was shown a version that is no longer current finds the banner again, with the one that is. */
export async function agreeAction(formData: FormData): Promise<void> {
  const { user, session } = await requireSession("/dashboard");
  const person = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  await agreeToTerms(person, formText(formData, "version"), systemClock());
  revalidatePath("/", "layout");
}
