"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { LinkButton } from "@/components/link-button";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type DeleteState, deleteAccountAction } from "./actions";

const IDLE: DeleteState = { status: "idle" };

interface DeleteFormProps {
  words: Words<"account.deletion.form">;
  email: string;
  /** False for an account without a password: whose it is was proved before the page. */
  asksPassword: boolean;
}

export function DeleteForm({ words, email, asksPassword }: DeleteFormProps) {
  const [state, action] = useActionState(deleteAccountAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {asksPassword && (
        <>
          {/* For password managers, which choose by it. */}
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            label={words.password}
            name="password"
            autoComplete="current-password"
            required
            errors={state.status === "invalid" ? state.errors : undefined}
          />
        </>
      )}
      <div className="flex flex-wrap gap-3">
        <SubmitButton>{words.submit}</SubmitButton>
        <LinkButton href="/settings/privacy" variant="secondary">
          {words.keep}
        </LinkButton>
      </div>
    </form>
  );
}
