"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type UndoState, undoEmailChangeAction } from "./actions";

const IDLE: UndoState = { status: "idle" };

interface UndoFormProps {
  words: Words<"auth.undoEmailChange.form">;
  token: string;
}

/** Taking a change back takes a press of this button, since mail scanners open every link that they see. */
export function UndoForm({ words, token }: UndoFormProps) {
  const [state, action] = useActionState(undoEmailChangeAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);

  return (
    <div ref={container}>
      {state.status === "rejected" ? (
        <FormMessage tone="danger">{words.refusals[state.refusal]}</FormMessage>
      ) : (
        <form action={action}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton wide>{words.submit}</SubmitButton>
        </form>
      )}
    </div>
  );
}
