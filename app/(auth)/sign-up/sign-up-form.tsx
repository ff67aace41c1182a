"use client";

import { useActionState } from "react";

import { NewPasswordField } from "@/app/_new-password/new-password-field";
import { EmailField } from "@/components/email-field";
import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type SignUpState, signUpAction } from "./actions";

const IDLE: SignUpState = { status: "idle" };

interface SignUpFormProps {
  words: Words<"auth.signUp.form">;
  passwordWords: Words<"rules.newPassword">;
}

export function SignUpForm({ words, passwordWords }: SignUpFormProps) {
  const [state, action] = useActionState(signUpAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  const values = state.status === "idle" ? { name: "", email: "" } : state.values;
  const errors = state.status === "invalid" ? state.fieldErrors : {};

  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "limited" && <FormMessage tone="danger">{state.message}</FormMessage>}
      <Field
        label={words.name}
        name="name"
        autoComplete="name"
        maxLength={100}
        defaultValue={values.name}
        errors={errors.name}
      />
      <EmailField
        label={words.email}
        name="email"
        autoComplete="username"
        required
        defaultValue={values.email}
        errors={errors.email}
      />
      <NewPasswordField words={passwordWords} label={words.password} name="password" errors={errors.password} />
      <SubmitButton wide>{words.submit}</SubmitButton>
    </form>
  );
}
