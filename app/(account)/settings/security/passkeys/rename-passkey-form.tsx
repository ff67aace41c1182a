"use client";

import { useActionState } from "react";

import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type RenameState, renamePasskeyAction } from "../actions";

const IDLE: RenameState = { status: "idle" };

interface RenamePasskeyFormProps {
  words: Words<"security.passkeys.renameForm">;
  id: string;
  name: string;
}

export function RenamePasskeyForm({ words, id, name }: RenamePasskeyFormProps) {
  const [state, action] = useActionState(renamePasskeyAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  return (
    <form ref={form} action={action} className="flex w-full flex-col gap-4">
      <input type="hidden" name="id" value={id} />
      <Field
        label={words.name}
        name="name"
        autoComplete="off"
        required
        maxLength={60}
        // The control that led here is gone: whoever pressed it goes on from here.
        autoFocus
        defaultValue={state.status === "idle" ? name : state.name}
        errors={state.status === "invalid" ? state.errors : undefined}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton>{words.submit}</SubmitButton>
        <LinkButton href="/settings/security#passkeys" variant="secondary">
          {words.cancel}
        </LinkButton>
      </div>
    </form>
  );
}
