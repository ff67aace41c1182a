"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";

import { fieldErrorsOf } from "@/app/_request/field-errors";
import { requestOrigin } from "@/app/_request/request-origin";
import { requireSession, requireStepUp } from "@/app/_request/session";
import { getLanguage, getTranslations } from "@/app/_request/translations";
import { formField, formText } from "@/components/form-text";
import { renameAccount } from "@/features/account/rename-account";
import { ProfileSchema } from "@/features/account/schema";
import { removeAvatar, setAvatar } from "@/features/avatar/change-avatar";
import { copyProviderPicture } from "@/features/avatar/copy-provider-picture";
import type { PictureRefusal } from "@/features/avatar/encode-picture";
import { MAX_PICTURE_BYTES } from "@/features/avatar/policy";
import { cancelEmailChange, resendConfirmation } from "@/features/email-change/pending-email-change";
import { type EmailChangeRefusal, requestEmailChange } from "@/features/email-change/request-email-change";
import { EmailChangeSchema } from "@/features/email-change/schema";
import { changePreferences } from "@/features/preferences/change-preferences";
import { TimePreferencesSchema } from "@/features/preferences/schema";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { limitSentence } from "@/features/rate-limit/sentences";
import { epochSeconds, systemClock } from "@/lib/clock";

export type ProfileState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { name?: string[] }; values: { name: string } }
  | { status: "saved"; values: { name: string } };

export async function renameAction(_previous: ProfileState, formData: FormData): Promise<ProfileState> {
  const { user } = await requireSession("/profile");
  const values = { name: formText(formData, "name") };
  const parsed = ProfileSchema.safeParse(values);
  if (!parsed.success) return { status: "invalid", fieldErrors: await fieldErrorsOf(parsed.error), values };

  const result = await renameAccount(user.id, parsed.data.name, await requestOrigin());
  if (!result.ok) {
    const t = await getTranslations("account");
    return { status: "invalid", fieldErrors: { name: [t("profile.about.refused")] }, values };
  }
  revalidatePath("/", "layout");
  return { status: "saved", values: { name: parsed.data.name } };
}

export type PictureState =
  | { status: "idle" }
  | { status: "invalid"; errors: string[] }
  /** Of a provider's picture. */
  | { status: "not_copied"; error: string }
  | { status: "saved" }
  | { status: "removed" };

export async function pictureAction(_previous: PictureState, formData: FormData): Promise<PictureState> {
  const { user } = await requireSession("/profile");
  const t = await getTranslations("account");
  const origin = await requestOrigin();
  if (formField(formData, "remove") !== null) {
    await removeAvatar(user.id, origin);
    revalidatePath("/", "layout");
    return { status: "removed" };
  }
  const connection = formField(formData, "connection");
  if (connection !== null) {
    const copied = await copyProviderPicture(user.id, String(connection), origin);
    if (!copied.ok) return { status: "not_copied", error: t(`profile.picture.providerRefusals.${copied.refusal}`) };
    revalidatePath("/", "layout");
    return { status: "saved" };
  }
  const file = formField(formData, "picture");
  const refused = (refusal: PictureRefusal | "missing"): PictureState => {
    return { status: "invalid", errors: [t(`profile.picture.refusals.${refusal}`)] };
  };
  if (!(file instanceof File) || file.size === 0) return refused("missing");
  if (file.size > MAX_PICTURE_BYTES) return refused("too_large");

  const result = await setAvatar(user.id, new Uint8Array(await file.arrayBuffer()), origin);
  if (!result.ok) return refused(result.refusal);
  revalidatePath("/", "layout");
  return { status: "saved" };
}

/** What was typed and may be shown again: never the password. */
interface EmailChangeValues {
  email: string;
}

export type EmailChangeState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { email?: string[]; password?: string[] }; values: EmailChangeValues }
  | { status: "rejected"; message: string; values: EmailChangeValues };

export async function requestEmailChangeAction(
  _previous: EmailChangeState,
  formData: FormData,
): Promise<EmailChangeState> {
  const { user, session } = await requireStepUp("/profile");
  const values = { email: formText(formData, "email") };
  const password = formField(formData, "password") !== null ? { password: formText(formData, "password") } : {};
  const parsed = EmailChangeSchema.safeParse({ ...values, ...password });
  if (!parsed.success) return { status: "invalid", fieldErrors: await fieldErrorsOf(parsed.error), values };

  const requested = await requestEmailChange(
    {
      ...{ userId: user.id, sessionId: session.id, authTime: epochSeconds(new Date(session.authTime)) },
      ...{ email: parsed.data.email, password: parsed.data.password ?? null, origin: await requestOrigin() },
    },
    systemClock(),
  );
  if (!requested.ok) return await refusalState(requested.refusal, values);
  redirect("/profile?email=requested");
}

async function refusalState(refusal: EmailChangeRefusal, values: EmailChangeValues): Promise<EmailChangeState> {
  if (isRateLimited(refusal)) {
    return { status: "rejected", message: limitSentence(await getTranslations("rules"), refusal), values };
  }
  const t = await getTranslations("account");
  switch (refusal) {
    case "password_required":
      return { status: "invalid", fieldErrors: { password: [t(`profile.email.refusals.${refusal}`)] }, values };
    case "invalid_credentials":
      return { status: "invalid", fieldErrors: { password: [t(`profile.email.refusals.${refusal}`)] }, values };
    case "same_address":
      return { status: "invalid", fieldErrors: { email: [t(`profile.email.refusals.${refusal}`)] }, values };
    case "recent_authentication_required":
      return redirect("/re-authenticate?callbackUrl=%2Fprofile");
  }
}

export async function resendEmailChangeAction(): Promise<void> {
  const { user } = await requireSession("/profile");
  const sent = await resendConfirmation(user.id, systemClock(), await getLanguage());
  redirect(`/profile?email=${sent ? "sent" : "gone"}`);
}

export async function cancelEmailChangeAction(): Promise<void> {
  const { user, session } = await requireSession("/profile");
  const asker = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  redirect(`/profile?email=${(await cancelEmailChange(asker)) ? "cancelled" : "gone"}`);
}

export type PreferencesState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { locale?: string[]; timeZone?: string[] } }
  | { status: "saved" };

export async function preferencesAction(_previous: PreferencesState, formData: FormData): Promise<PreferencesState> {
  const { user } = await requireSession("/profile");
  const parsed = TimePreferencesSchema.safeParse({
    locale: formText(formData, "locale") || null,
    timeZone: formText(formData, "timeZone") || null,
  });
  if (!parsed.success) return { status: "invalid", fieldErrors: await fieldErrorsOf(parsed.error) };
  await changePreferences(user.id, parsed.data, await requestOrigin());
  revalidatePath("/", "layout");
  return { status: "saved" };
}
