"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type ReauthenticateState, reauthenticateAction } from "./actions";

const IDLE: ReauthenticateState = { status: "idle" };

interface ReauthenticateFormProps {
  words: Words<"auth.reauthenticate.form">;
  callbackUrl: string;
  email: string;
}

export function ReauthenticateForm({ words, callbackUrl, email }: ReauthenticateFormProps) {
  const [state, action] = useActionState(reauthenticateAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "rejected" && <FormMessage tone="danger">{state.message}</FormMessage>}
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      {/* For password managers, which choose by it. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="current-password"
        required
        errors={state.status === "invalid" ? state.errors : undefined}
      />
      <SubmitButton wide>{words.submit}</SubmitButton>
    </form>
  );
}
