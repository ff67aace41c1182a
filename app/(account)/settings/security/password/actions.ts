"use server";

import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireRecentAuthentication, requireStepUp, setSessionCookie } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { formText } from "@/components/form-text";
import { passwordSentence } from "@/features/password/sentences";
import { changePassword, setFirstPassword } from "@/features/password-change/change-password";
import { SET_PASSWORD_MAX_AGE_SECONDS } from "@/features/password-change/policy";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { limitSentence } from "@/features/rate-limit/sentences";
import { systemClock } from "@/lib/clock";

const PAGE = "/settings/security/password";
const DONE = "/settings/security?password=";

export type PasswordState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { currentPassword?: string[]; newPassword?: string[] } };

export async function changePasswordAction(_previous: PasswordState, formData: FormData): Promise<PasswordState> {
  const { user, session } = await requireStepUp(PAGE);
  const acting = { sid: session.id, sub: user.id };
  const currentPassword = formText(formData, "currentPassword");
  const newPassword = formText(formData, "newPassword");
  const t = await getTranslations("security");
  const rules = await getTranslations("rules");
  if (currentPassword === "") return invalid("currentPassword", rules("fields.currentPasswordMissing"));

  const changed = await changePassword(acting, { currentPassword, newPassword }, await requestOrigin(), systemClock());
  if (changed.ok) {
    await setSessionCookie(changed.value);
    redirect(`${DONE}changed`);
  }
  if (isRateLimited(changed.refusal)) return invalid("currentPassword", limitSentence(rules, changed.refusal));
  switch (changed.refusal) {
    case "session_ended":
      // Ended while the password was checked: the sign-in page says why.
      redirect(`/sign-in?callbackUrl=${encodeURIComponent(PAGE)}`);
      break;
    case "invalid_credentials":
      return invalid("currentPassword", rules("fields.currentPasswordWrong"));
    case "replaced_meanwhile":
      return invalid("currentPassword", t("password.replacedMeanwhile"));
    default:
      return invalid("newPassword", passwordSentence(rules, changed.refusal));
  }
}

export async function setPasswordAction(_previous: PasswordState, formData: FormData): Promise<PasswordState> {
  const { user, session } = await requireRecentAuthentication(SET_PASSWORD_MAX_AGE_SECONDS, PAGE);
  const acting = { sid: session.id, sub: user.id };
  const set = await setFirstPassword(acting, formText(formData, "newPassword"), await requestOrigin(), systemClock());
  if (set.ok) {
    await setSessionCookie(set.value);
    redirect(`${DONE}set`);
  }
  // There is a password by now: the page asks for it.
  if (set.refusal === "replaced_meanwhile") redirect(PAGE);
  if (set.refusal === "session_ended") redirect(`/sign-in?callbackUrl=${encodeURIComponent(PAGE)}`);
  return invalid("newPassword", passwordSentence(await getTranslations("rules"), set.refusal));
}

function invalid(field: "currentPassword" | "newPassword", sentence: string): PasswordState {
  return { status: "invalid", fieldErrors: { [field]: [sentence] } };
}
