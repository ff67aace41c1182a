"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { CodeField } from "../../../../(auth)/second-factor/code-field";
import { CodeRefusalMessage } from "../../../../(auth)/second-factor/code-refusal";
import { type FactorState, turnOffAction } from "./actions";

const IDLE: FactorState = { status: "idle" };

interface TurnOffFormProps {
  words: Words<"security.secondFactor.turnOff.form">;
  refusalWords: Words<"rules.codeRefusals">;
}

export function TurnOffForm({ words, refusalWords }: TurnOffFormProps) {
  const [state, action] = useActionState(turnOffAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex max-w-sm flex-col items-start gap-5">
      {state.status === "rejected" && <CodeRefusalMessage words={refusalWords} refusal={state.refusal} />}
      <div className="w-full">
        <CodeField label={words.code} letters errors={state.status === "invalid" ? state.errors : undefined} />
      </div>
      <SubmitButton variant="secondary">{words.submit}</SubmitButton>
    </form>
  );
}
