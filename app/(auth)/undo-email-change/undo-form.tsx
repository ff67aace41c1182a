"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { UndoRefusal } from "@/features/email-change/undo-email-change";
import { type UndoState, undoEmailChangeAction } from "./actions";

const IDLE: UndoState = { status: "idle" };

const SENTENCES: Readonly<Record<UndoRefusal, string>> = {
  invalid_token:
    "This link doesn't work any more: it was used already, or the 72 hours are over. If you still can't get into your account, write to the people who run this site.",
  address_taken:
    "This address belongs to another account by now, so it can't be given back to the old one. Nothing was changed. Write to the people who run this site if you did not make that other account.",
};

/** Taking a change back takes a press of this button, since mail scanners open every link that they see. */
export function UndoForm({ token }: { token: string }) {
  const [state, action] = useActionState(undoEmailChangeAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);

  return (
    <div ref={container}>
      {state.status === "rejected" ? (
        <FormMessage tone="danger">{SENTENCES[state.refusal]}</FormMessage>
      ) : (
        <form action={action}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton wide>Take the change back</SubmitButton>
        </form>
      )}
    </div>
  );
}
