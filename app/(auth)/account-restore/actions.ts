"use server";

import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireSessionDueForDeletion, sessionCookieValue, setSessionCookie } from "@/app/_request/session";
import { signOutHereAndThere } from "@/app/_request/sign-out";
import { formText } from "@/components/form-text";
import { restoreAccount } from "@/features/account-deletion/restore-account";
import { rotateSession } from "@/features/session/rotate-session";
import { openSessionCookie } from "@/features/session/session-cookie";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";

export async function restoreAction(formData: FormData): Promise<void> {
  const callbackUrl = safeCallbackPath(formText(formData, "callbackUrl"));
  const { user, session } = await requireSessionDueForDeletion(callbackUrl);
  const now = systemClock();
  const origin = await requestOrigin();
  await restoreAccount({ userId: user.id, sessionId: session.id, origin }, now);

  // A cookie that knows of it: an instance that hasn't heard yet would lead back here.
  const claims = openSessionCookie(await sessionCookieValue(), now);
  const rotated = claims && (await rotateSession(claims, now, origin));
  if (rotated?.state !== "live") redirect("/sign-in");
  await setSessionCookie(rotated.claims);
  redirect(callbackUrl);
}

export async function letGoAction(): Promise<void> {
  await requireSessionDueForDeletion("/dashboard");
  await signOutHereAndThere();
}
