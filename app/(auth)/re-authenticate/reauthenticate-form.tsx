"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { type ReauthenticateState, reauthenticateAction } from "./actions";

const IDLE: ReauthenticateState = { status: "idle" };

export function ReauthenticateForm({ callbackUrl, email }: { callbackUrl: string; email: string }) {
  const [state, action] = useActionState(reauthenticateAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "rejected" && <FormMessage tone="danger">{state.message}</FormMessage>}
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      {/* For password managers, which choose by it. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        errors={state.status === "invalid" ? state.errors : undefined}
      />
      <SubmitButton wide>Confirm</SubmitButton>
    </form>
  );
}
