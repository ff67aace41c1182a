"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import { type ConfirmState, confirmEmailAction } from "./actions";
import { ResendForm } from "./resend-form";

const IDLE: ConfirmState = { status: "idle" };

/** Confirming takes a press of this button, since mail scanners open every link that they see. */
export function ConfirmForm({ token }: { token: string }) {
  const [state, action] = useActionState(confirmEmailAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);

  return (
    <div ref={container} className="flex flex-col gap-6">
      {state.status === "rejected" ? (
        <>
          <FormMessage tone="danger">
            This link doesn't work any more: it was used already, has expired, or a newer one was sent. If you confirmed
            your address before, just sign in. Otherwise ask for a new link.
          </FormMessage>
          <ResendForm />
        </>
      ) : (
        <form action={action}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton wide>Confirm my e-mail address</SubmitButton>
        </form>
      )}
    </div>
  );
}
