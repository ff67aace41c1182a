"use client";

import { useActionState } from "react";

import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type ForgotPasswordState, forgotPasswordAction } from "./actions";

const IDLE: ForgotPasswordState = { status: "idle" };

/** Asks for the mail with the link. */
export function ForgotPasswordForm({ words }: { words: Words<"auth.forgotPassword.form"> }) {
  const [state, action] = useActionState(forgotPasswordAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "limited" && <FormMessage tone="danger">{state.message}</FormMessage>}
      <Field
        label={words.email}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        required
        defaultValue={state.status === "idle" ? "" : state.values.email}
        errors={state.status === "invalid" ? state.fieldErrors.email : undefined}
      />
      <SubmitButton wide>{words.submit}</SubmitButton>
    </form>
  );
}
