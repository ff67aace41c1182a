"use client";

import { useActionState } from "react";

import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type MagicLinkState, requestMagicLinkAction } from "./actions";

const IDLE: MagicLinkState = { status: "idle" };

interface RequestLinkFormProps {
  words: Words<"auth.magicLink.request">;
  callbackUrl: string;
}

export function RequestLinkForm({ words, callbackUrl }: RequestLinkFormProps) {
  const [state, action] = useActionState(requestMagicLinkAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  const values = state.status === "idle" ? { email: "", remember: false } : state.values;
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "limited" && <FormMessage tone="danger">{state.message}</FormMessage>}
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <Field
        label={words.email}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        required
        defaultValue={values.email}
        errors={state.status === "invalid" ? state.fieldErrors.email : undefined}
      />
      <label className="flex min-h-6 cursor-pointer items-center gap-3 text-[0.9375rem]">
        <input
          type="checkbox"
          name="remember"
          defaultChecked={values.remember}
          className="size-5 shrink-0 cursor-pointer accent-accent"
        />
        {words.remember}
      </label>
      <SubmitButton wide>{words.submit}</SubmitButton>
    </form>
  );
}
