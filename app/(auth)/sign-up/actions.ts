"use server";

import { redirect } from "next/navigation";
import * as z from "zod";

import { findLimit } from "@/app/_request/limits";
import { formText } from "@/components/form-text";
import { PASSWORD_REFUSAL_SENTENCES } from "@/features/password/sentences";
import type { RateLimited } from "@/features/rate-limit/rate-limited";
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
  | { status: "limited"; refusal: RateLimited; values: { name: string; email: string } };

export async function signUpAction(_previous: SignUpState, formData: FormData): Promise<SignUpState> {
  const values = { name: formText(formData, "name"), email: formText(formData, "email") };
  const parsed = SignUpSchema.safeParse({
    email: values.email,
    password: formText(formData, "password"),
    ...(values.name.trim() === "" ? {} : { name: values.name }),
  });
  if (!parsed.success) return { status: "invalid", fieldErrors: z.flattenError(parsed.error).fieldErrors, values };

  const refusal = await findLimit("sign_up");
  if (refusal) return { status: "limited", refusal, values };
  const result = await signUp(parsed.data, new Date());
  if (!result.ok) {
    return { status: "invalid", fieldErrors: { password: [PASSWORD_REFUSAL_SENTENCES[result.refusal]] }, values };
  }
  // The same for a new and a known address: who has an account here is nobody else's business.
  redirect("/verify-email?sent=1");
}
