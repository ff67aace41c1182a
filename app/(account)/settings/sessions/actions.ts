"use server";

import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireRecentAuthentication, requireSession } from "@/app/_request/session";
import { signOutHereAndThere } from "@/app/_request/sign-out";
import { formText } from "@/components/form-text";
import { END_OTHERS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { endOwnSession, endSessionsOf } from "@/features/session/end-session";
import { systemClock } from "@/lib/clock";
import { isUuid } from "@/lib/uuid";

const PAGE = "/settings/sessions";

export async function endSessionAction(formData: FormData): Promise<void> {
  const { user, session } = await requireSession(PAGE);
  const id = formText(formData, "id");
  if (id === session.id) await signOutHereAndThere();
  const ended = isUuid(id) && (await endOwnSession(user.id, id, systemClock(), await requestOrigin()));
  redirect(`${PAGE}?ended=${ended ? id : "before"}`);
}

export async function endOtherSessionsAction(): Promise<void> {
  const { user, session } = await requireRecentAuthentication(END_OTHERS_MAX_AGE_SECONDS, `${PAGE}?confirm=others`);
  const origin = await requestOrigin();
  await endSessionsOf(user.id, "revoked_by_user", systemClock(), { except: session.id, origin });
  redirect(`${PAGE}?ended=others`);
}
