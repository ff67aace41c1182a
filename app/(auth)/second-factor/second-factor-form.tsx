"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type SecondFactorState, secondFactorAction } from "./actions";
import { CodeField } from "./code-field";
import { CodeRefusalMessage } from "./code-refusal";

const IDLE: SecondFactorState = { status: "idle" };

interface SecondFactorFormProps {
  words: Words<"auth.secondFactor.form">;
  refusalWords: Words<"rules.codeRefusals">;
  callbackUrl: string;
  byRecoveryCode: boolean;
  /** Whether this is a sign-in, after which the browser can be trusted. */
  mayTrust: boolean;
}

export function SecondFactorForm(props: SecondFactorFormProps) {
  const { words, callbackUrl, byRecoveryCode, mayTrust } = props;
  const [state, action] = useActionState(secondFactorAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "rejected" && <CodeRefusalMessage words={props.refusalWords} refusal={state.refusal} />}
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <CodeField
        label={byRecoveryCode ? words.recoveryCode : words.code}
        letters={byRecoveryCode}
        errors={state.status === "invalid" ? state.errors : undefined}
      />
      {mayTrust && !byRecoveryCode && (
        <label className="flex min-h-6 cursor-pointer items-center gap-3 text-[0.9375rem]">
          <input
            type="checkbox"
            name="trustDevice"
            defaultChecked={state.status !== "idle" && state.trustDevice}
            className="size-5 shrink-0 cursor-pointer accent-accent"
          />
          {words.trust}
        </label>
      )}
      <SubmitButton wide>{mayTrust ? words.signIn : words.confirm}</SubmitButton>
    </form>
  );
}
