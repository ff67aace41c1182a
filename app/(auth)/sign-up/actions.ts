"use server";

import { redirect } from "next/navigation";

import { fieldErrorsOf } from "@/app/_request/field-errors";
import { findLimit } from "@/app/_request/limits";
import { getLanguage, getTranslations } from "@/app/_request/translations";
import { formText } from "@/components/form-text";
import { passwordSentence } from "@/features/password/sentences";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";

export type SignUpState =
  | { status: "idle" }
  | {
      status: "invalid";
      fieldErrors: { name?: string[]; email?: string[]; password?: string[] };
      /** What was typed and may be shown again: never the password. */
      values: { name: string; email: string };
    }
  | { status: "limited"; message: string; values: { name: string; email: string } };

export async function signUpAction(_previous: SignUpState, formData: FormData): Promise<SignUpState> {
  const values = { name: formText(formData, "name"), email: formText(formData, "email") };
  const parsed = SignUpSchema.safeParse({
    email: values.email,
    password: formText(formData, "password"),
    ...(values.name.trim() === "" ? {} : { name: values.name }),
  });
  if (!parsed.success) return { status: "invalid", fieldErrors: await fieldErrorsOf(parsed.error), values };

  const message = await findLimit("sign_up");
  if (message) return { status: "limited", message, values };
  const result = await signUp(parsed.data, new Date(), await getLanguage());
  if (!result.ok) {
    const sentence = passwordSentence(await getTranslations("rules"), result.refusal);
    return { status: "invalid", fieldErrors: { password: [sentence] }, values };
  }
  // The same for a new and a known address: who has an account here is nobody else's business.
  redirect("/verify-email?sent=1");
}
