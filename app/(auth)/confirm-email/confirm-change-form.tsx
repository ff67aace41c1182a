"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type ConfirmChangeState, confirmEmailChangeAction } from "./actions";

const IDLE: ConfirmChangeState = { status: "idle" };

interface ConfirmChangeFormProps {
  words: Words<"auth.confirmEmail.form">;
  token: string;
}

/** Confirming takes a press of this button, since mail scanners open every link that they see. */
export function ConfirmChangeForm({ words, token }: ConfirmChangeFormProps) {
  const [state, action] = useActionState(confirmEmailChangeAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);

  return (
    <div ref={container} className="flex flex-col gap-6">
      {state.status === "rejected" ? (
        <>
          <FormMessage tone="danger">{words.deadLink}</FormMessage>
          <LinkButton variant="secondary" href="/profile" wide>
            {words.toProfile}
          </LinkButton>
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
