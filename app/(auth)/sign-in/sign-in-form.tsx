"use client";

import { lazy, type ReactNode, Suspense, useActionState, useRef } from "react";

import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { Marked } from "@/components/marked";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import { useHydrated } from "@/components/use-hydrated";
import type { Words } from "@/lib/i18n/messages";
import { ResendForm } from "../verify-email/resend-form";
import { type SignInState, signInAction } from "./actions";

// Of use to few who type a password, so that nobody waits for them.
const PasskeySignIn = lazy(async () => ({ default: (await import("./passkey-sign-in")).PasskeySignIn }));

const IDLE: SignInState = { status: "idle" };

interface SignInFormProps {
  words: Words<"auth.signIn.form">;
  passkeyWords: Words<"auth.passkeys">;
  resendWords: Words<"auth.verifyEmail.resend">;
  callbackUrl: string;
  /** Of whoever signed in here last; empty where nobody is known. */
  email: string;
  /** What to write at the ways that they used last. */
  lastUsed: { password: string | null; passkey: string | null };
  /** What the page has to say before anything was sent, such as "you are signed out". */
  notice: ReactNode;
  /** The other ways in, between what is said and the password form. */
  children: ReactNode;
}

export function SignInForm(props: SignInFormProps) {
  const { words, callbackUrl, lastUsed, notice, children } = props;
  const [state, action] = useActionState(signInAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);
  const form = useRef<HTMLFormElement>(null);
  const hydrated = useHydrated();
  const values = state.status === "idle" ? { email: props.email, remember: props.email !== "" } : state.values;
  const errors = state.status === "invalid" ? state.fieldErrors : {};
  const unverified = state.status === "rejected" && state.isUnverified;

  return (
    <div ref={container} className="flex flex-col gap-6">
      {state.status === "idle" && notice}
      {state.status === "rejected" && <FormMessage tone="danger">{state.message}</FormMessage>}
      {unverified && <ResendForm words={props.resendWords} email={values.email} />}
      {children}
      <form ref={form} action={action} className="flex flex-col gap-5">
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <Field
          label={words.email}
          name="email"
          type="email"
          inputMode="email"
          // The last word lets the browser offer passkeys here too: https://www.w3.org/TR/webauthn-3/#sctn-autofill
          autoComplete="username webauthn"
          required
          defaultValue={values.email}
          errors={errors.email}
        />
        <PasswordField
          label={words.password}
          name="password"
          autoComplete="current-password"
          required
          errors={errors.password}
        />
        <p className="-mt-2.5 text-[0.9375rem]">
          <TextLink href="/forgot-password">{words.forgotten}</TextLink>
        </p>
        <label className="flex min-h-6 cursor-pointer items-center gap-3 text-[0.9375rem]">
          <input
            type="checkbox"
            name="remember"
            defaultChecked={values.remember}
            className="size-5 shrink-0 cursor-pointer accent-accent"
          />
          {words.remember}
        </label>
        <Marked mark={lastUsed.password}>
          <SubmitButton wide>{words.submit}</SubmitButton>
        </Marked>
      </form>
      {hydrated && (
        <Suspense>
          <PasskeySignIn words={props.passkeyWords} lastUsed={lastUsed.passkey} callbackUrl={callbackUrl} form={form} />
        </Suspense>
      )}
    </div>
  );
}
