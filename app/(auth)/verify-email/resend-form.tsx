"use client";

import { useActionState } from "react";

import { CooldownButton } from "@/components/cooldown-button";
import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import type { Words } from "@/lib/i18n/messages";
import { type ResendState, resendVerificationAction } from "./actions";

/** As long as a mail may take. */
const COOLDOWN_SECONDS = 30;

const IDLE: ResendState = { status: "idle" };

interface ResendFormProps {
  words: Words<"auth.verifyEmail.resend">;
  /** When it is known already there is only the button. */
  email?: string;
}

/** Asks for a new confirmation mail. The answer is the same for every address. */
export function ResendForm({ words, email }: ResendFormProps) {
  const [state, action] = useActionState(resendVerificationAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);

  return (
    <div ref={container} className="flex flex-col gap-5">
      {state.status === "limited" && <FormMessage tone="danger">{state.message}</FormMessage>}
      {state.status === "sent" && <FormMessage tone="success">{words.sent}</FormMessage>}
      <form action={action} className="flex flex-col gap-5">
        {email === undefined ? (
          <Field
            label={words.email}
            name="email"
            type="email"
            inputMode="email"
            autoComplete="email"
            required
            defaultValue={"values" in state ? state.values.email : ""}
            errors={state.status === "invalid" ? state.fieldErrors.email : undefined}
          />
        ) : (
          <input type="hidden" name="email" value={email} />
        )}
        <CooldownButton
          done={state.status === "sent" ? state : null}
          seconds={COOLDOWN_SECONDS}
          variant="secondary"
          wide
        >
          {words.submit}
        </CooldownButton>
      </form>
    </div>
  );
}
