"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type ConfirmState, confirmEmailAction } from "./actions";
import { ResendForm } from "./resend-form";

const IDLE: ConfirmState = { status: "idle" };

interface ConfirmFormProps {
  words: Words<"auth.verifyEmail.confirm">;
  resendWords: Words<"auth.verifyEmail.resend">;
  token: string;
}

/** Confirming takes a press of this button, since mail scanners open every link that they see. */
export function ConfirmForm({ words, resendWords, token }: ConfirmFormProps) {
  const [state, action] = useActionState(confirmEmailAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);

  return (
    <div ref={container} className="flex flex-col gap-6">
      {state.status === "rejected" ? (
        <>
          <FormMessage tone="danger">{words.deadLink}</FormMessage>
          <ResendForm words={resendWords} />
        </>
      ) : (
        <form action={action}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton wide>{words.submit}</SubmitButton>
        </form>
      )}
    </div>
  );
}
