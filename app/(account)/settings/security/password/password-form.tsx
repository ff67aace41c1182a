"use client";

import { useActionState } from "react";

import { NewPasswordField } from "@/app/_new-password/new-password-field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import type { Words } from "@/lib/i18n/messages";
import { changePasswordAction, type PasswordState, setPasswordAction } from "./actions";

const IDLE: PasswordState = { status: "idle" };

interface PasswordFormProps {
  words: Words<"security.password.form">;
  passwordWords: Words<"rules.newPassword">;
  /** Whether there is a password to be replaced, which is asked for then. */
  hasPassword: boolean;
  email: string;
  name: string | null;
}

export function PasswordForm({ words, passwordWords, hasPassword, email, name }: PasswordFormProps) {
  const [state, action] = useActionState(hasPassword ? changePasswordAction : setPasswordAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  const errors = state.status === "invalid" ? state.fieldErrors : {};
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {/* For password managers, which choose by it. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      {hasPassword && (
        <div className="flex flex-col gap-2.5">
          <PasswordField
            label={words.current}
            name="currentPassword"
            autoComplete="current-password"
            required
            errors={errors.currentPassword}
          />
          <p className="text-[0.9375rem]">
            <TextLink href="/forgot-password">{words.forgotten}</TextLink>
          </p>
        </div>
      )}
      <NewPasswordField
        words={passwordWords}
        label={words.new}
        name="newPassword"
        context={{ email, name }}
        errors={errors.newPassword}
      />
      <div>
        <SubmitButton>{hasPassword ? words.change : words.set}</SubmitButton>
      </div>
    </form>
  );
}
