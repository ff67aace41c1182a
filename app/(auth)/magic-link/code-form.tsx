"use client";

import { useActionState } from "react";

import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type MagicCodeState, redeemMagicCodeAction } from "./actions";

const IDLE: MagicCodeState = { status: "idle" };

/** Takes the code of the mail, in the browser that asked for it. */
export function CodeForm({ words, callbackUrl }: { words: Words<"auth.magicLink.code">; callbackUrl: string }) {
  const [state, action] = useActionState(redeemMagicCodeAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "limited" && <FormMessage tone="danger">{state.message}</FormMessage>}
      {state.status === "rejected" && <FormMessage tone="danger">{words.wrong}</FormMessage>}
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <Field
        label={words.label}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        hint={words.hint}
        errors={state.status === "invalid" ? state.errors : undefined}
      />
      <SubmitButton wide>{words.submit}</SubmitButton>
    </form>
  );
}
