"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import { type MagicCodeState, redeemMagicLinkAction } from "./actions";

const IDLE: MagicCodeState = { status: "idle" };

/** Signing in takes a press of this button, since mail scanners open every link that they see. */
export function LinkForm({ token }: { token: string }) {
  const [state, action] = useActionState(redeemMagicLinkAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "idle" ? (
        <SubmitButton wide>Sign in</SubmitButton>
      ) : (
        <FormMessage tone="danger">This link doesn't work any more. Ask for a new one.</FormMessage>
      )}
      <input type="hidden" name="token" value={token} />
    </form>
  );
}
