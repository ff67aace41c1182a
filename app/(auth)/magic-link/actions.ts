"use server";

import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";

import { fieldErrorsOf } from "@/app/_request/field-errors";
import { findLimit } from "@/app/_request/limits";
import { requestOrigin } from "@/app/_request/request-origin";
import { getLanguage, getTranslations } from "@/app/_request/translations";
import { formText } from "@/components/form-text";
import { magicLinkCookieAttributes, magicLinkCookieName } from "@/features/magic-link/browser-cookie";
import { redeemMagicCode, redeemMagicLink } from "@/features/magic-link/redeem-magic-link";
import { requestMagicLink } from "@/features/magic-link/request-magic-link";
import { MagicCodeSchema, MagicLinkSchema } from "@/features/magic-link/schema";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { limitSentence } from "@/features/rate-limit/sentences";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { sayFieldMessage } from "@/lib/i18n/field-message";
import { enterWith } from "./enter-with";

interface RequestValues {
  email: string;
  remember: boolean;
}

export type MagicLinkState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { email?: string[] }; values: RequestValues }
  | { status: "limited"; message: string; values: RequestValues };

export type MagicCodeState =
  | { status: "idle" }
  | { status: "invalid"; errors: string[] }
  | { status: "limited"; message: string }
  | { status: "rejected" };

export async function requestMagicLinkAction(_previous: MagicLinkState, formData: FormData): Promise<MagicLinkState> {
  if (env().MAGIC_LINK !== "on") notFound();
  const values = { email: formText(formData, "email"), remember: formText(formData, "remember") === "on" };
  const parsed = MagicLinkSchema.safeParse({ email: values.email });
  if (!parsed.success) return { status: "invalid", fieldErrors: await fieldErrorsOf(parsed.error), values };

  const message = await findLimit("mail");
  if (message) return { status: "limited", message, values };
  const request = { email: parsed.data.email, remember: values.remember, askedIn: await getLanguage() };
  const { browserToken, expiresAt } = await requestMagicLink(request, systemClock());
  (await cookies()).set(magicLinkCookieName(), browserToken, magicLinkCookieAttributes(expiresAt));
  const callbackUrl = safeCallbackPath(formText(formData, "callbackUrl"));
  redirect(`/magic-link?${new URLSearchParams({ sent: "1", callbackUrl })}`);
}

export async function redeemMagicCodeAction(_previous: MagicCodeState, formData: FormData): Promise<MagicCodeState> {
  if (env().MAGIC_LINK !== "on") notFound();
  const code = MagicCodeSchema.safeParse(formText(formData, "code"));
  const t = await getTranslations("rules");
  if (!code.success)
    return { status: "invalid", errors: code.error.issues.map((issue) => sayFieldMessage(t, issue.message)) };
  const jar = await cookies();
  const browserToken = jar.get(magicLinkCookieName())?.value;
  const redeemed = await redeemMagicCode(code.data, browserToken, await requestOrigin(), systemClock());
  if (!redeemed.ok && isRateLimited(redeemed.refusal)) {
    return { status: "limited", message: limitSentence(t, redeemed.refusal) };
  }
  if (!redeemed.ok) return { status: "rejected" };
  return await enterWith(redeemed.value, formText(formData, "callbackUrl"));
}

export async function redeemMagicLinkAction(_previous: MagicCodeState, formData: FormData): Promise<MagicCodeState> {
  if (env().MAGIC_LINK !== "on") notFound();
  const jar = await cookies();
  const browserToken = jar.get(magicLinkCookieName())?.value;
  const token = formText(formData, "token");
  const redeemed = await redeemMagicLink(token, browserToken, await requestOrigin(), systemClock());
  if (!redeemed.ok) return { status: "rejected" };
  return await enterWith(redeemed.value, null);
}
