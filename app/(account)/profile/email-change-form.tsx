"use client";

import { useActionState } from "react";

import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type EmailChangeState, requestEmailChangeAction } from "./actions";

const IDLE: EmailChangeState = { status: "idle" };

interface EmailChangeFormProps {
  words: Words<"account.profile.email.form">;
  /** False for an account without one, which has proved itself by a recent sign-in. */
  asksPassword: boolean;
  currentEmail: string;
}

export function EmailChangeForm({ words, asksPassword, currentEmail }: EmailChangeFormProps) {
  const [state, action] = useActionState(requestEmailChangeAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  const errors = state.status === "invalid" ? state.fieldErrors : {};

  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "rejected" && <FormMessage tone="danger">{state.message}</FormMessage>}
      {/* For password managers, which choose by it. */}
      {asksPassword && (
        <input type="email" name="username" autoComplete="username" value={currentEmail} readOnly hidden />
      )}
      <Field
        label={words.email}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        required
        defaultValue={state.status === "idle" ? "" : state.values.email}
        errors={errors.email}
        hint={words.hint}
      />
      {asksPassword && (
        <PasswordField
          label={words.password}
          name="password"
          autoComplete="current-password"
          required
          errors={errors.password}
        />
      )}
      <div>
        <SubmitButton>{words.submit}</SubmitButton>
      </div>
    </form>
  );
}
