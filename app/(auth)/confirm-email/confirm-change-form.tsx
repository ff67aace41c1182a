"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import { type ConfirmChangeState, confirmEmailChangeAction } from "./actions";

const IDLE: ConfirmChangeState = { status: "idle" };

/** Confirming takes a press of this button, since mail scanners open every link that they see. */
export function ConfirmChangeForm({ token }: { token: string }) {
  const [state, action] = useActionState(confirmEmailChangeAction, IDLE);
  const container = useFocusFirstError<HTMLDivElement>(state);

  return (
    <div ref={container} className="flex flex-col gap-6">
      {state.status === "rejected" ? (
        <>
          <FormMessage tone="danger">
            This link doesn't work any more: it was used already, has expired, was cancelled, or a newer one was sent.
            Nothing was changed just now. Your profile says which address you have, and sends a new link.
          </FormMessage>
          <LinkButton variant="secondary" href="/profile" wide>
            Go to your profile
          </LinkButton>
        </>
      ) : (
        <form action={action}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton wide>Use this address from now on</SubmitButton>
        </form>
      )}
    </div>
  );
}
