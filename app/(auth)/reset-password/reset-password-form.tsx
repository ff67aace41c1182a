"use client";

import { useActionState } from "react";

import { NewPasswordField } from "@/app/_new-password/new-password-field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type ResetPasswordState, resetPasswordAction } from "./actions";

const IDLE: ResetPasswordState = { status: "idle" };

interface ResetPasswordFormProps {
  words: Words<"auth.resetPassword.form">;
  passwordWords: Words<"rules.newPassword">;
  token: string;
  /** Whose password it is: for password managers, and for the strength meter. */
  email: string;
  name: string | null;
}

export function ResetPasswordForm({ words, passwordWords, token, email, name }: ResetPasswordFormProps) {
  const [state, action] = useActionState(resetPasswordAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);
  return (
    <div ref={container} className="flex flex-col gap-6">
      {state.status === "rejected" ? (
        <>
          <FormMessage tone="danger">{words.stopped}</FormMessage>
          <LinkButton href="/forgot-password" wide>
            {words.askAgain}
          </LinkButton>
        </>
      ) : (
        <form action={action} className="flex flex-col gap-5">
          <input type="hidden" name="token" value={token} />
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          <NewPasswordField
            words={passwordWords}
            label={words.password}
            name="password"
            context={{ email, name }}
            errors={state.status === "invalid" ? state.errors : undefined}
          />
          <SubmitButton wide>{words.submit}</SubmitButton>
        </form>
      )}
    </div>
  );
}
