"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type MagicCodeState, redeemMagicLinkAction } from "./actions";

const IDLE: MagicCodeState = { status: "idle" };

/** Signing in takes a press of this button, since mail scanners open every link that they see. */
export function LinkForm({ words, token }: { words: Words<"auth.magicLink.link">; token: string }) {
  const [state, action] = useActionState(redeemMagicLinkAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "idle" ? (
        <SubmitButton wide>{words.submit}</SubmitButton>
      ) : (
        <FormMessage tone="danger">{words.dead}</FormMessage>
      )}
      <input type="hidden" name="token" value={token} />
    </form>
  );
}
