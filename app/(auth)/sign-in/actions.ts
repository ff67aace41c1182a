"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { CredentialsSignin } from "next-auth";

import { fieldErrorsOf } from "@/app/_request/field-errors";
import { keepAskedLifetime } from "@/app/_request/session";
import { signIn } from "@/auth";
import { formText } from "@/components/form-text";
import { knownDeviceCookieName, presentedDeviceToken } from "@/features/known-device/device-cookie";
import { forgetDevice } from "@/features/known-device/known-person";
import { safeCallbackPath, safeSitePath } from "@/features/sign-in/safe-callback-path";
import { SignInSchema } from "@/features/sign-in/schema";
import { env } from "@/lib/env/env";
import { hostCookieAttributes } from "@/lib/host-cookie";
import { isSignInRefusal, signInSentence } from "./sentences";

/** What was typed and may be shown again: never the password. */
interface SignInValues {
  email: string;
  remember: boolean;
}

export type SignInState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { email?: string[]; password?: string[] }; values: SignInValues }
  | { status: "rejected"; message: string; isUnverified: boolean; values: SignInValues };

export async function signInAction(_previous: SignInState, formData: FormData): Promise<SignInState> {
  const remember = formText(formData, "remember") === "on";
  const values = { email: formText(formData, "email"), remember };
  const parsed = SignInSchema.safeParse({ email: values.email, password: formText(formData, "password") });
  if (!parsed.success) return { status: "invalid", fieldErrors: await fieldErrorsOf(parsed.error), values };

  const redirectTo = safeCallbackPath(formText(formData, "callbackUrl"));
  let leadsTo: string;
  try {
    leadsTo = await signIn("credentials", {
      ...parsed.data,
      ...{ remember: remember ? "on" : "", redirectTo, redirect: false },
    });
  } catch (error) {
    if (!(error instanceof CredentialsSignin)) throw error;
    const refusal = isSignInRefusal(error.code) ? error.code : "invalid_credentials";
    const isUnverified = refusal === "email_not_verified";
    return { status: "rejected", message: await signInSentence(refusal), isUnverified, values };
  }
  await keepAskedLifetime();
  // The destination, or the page that asks for the second factor first.
  redirect(safeSitePath(leadsTo, env().AUTH_URL.origin));
}

export async function signInWithProviderAction(formData: FormData): Promise<void> {
  await signIn(formText(formData, "provider"), { redirectTo: safeCallbackPath(formText(formData, "callbackUrl")) });
}

/** "That's not me": this browser is a stranger's from now on. */
export async function forgetPersonAction(): Promise<void> {
  await forgetDevice(presentedDeviceToken(await headers()));
  (await cookies()).set(knownDeviceCookieName(), "", hostCookieAttributes(new Date(0)));
  redirect("/sign-in");
}
