"use client";

import { useSession } from "next-auth/react";
import { useActionState, useEffect, useEffectEvent } from "react";

import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import type { Words } from "@/lib/i18n/messages";
import { type ProfileState, renameAction } from "./actions";

const IDLE: ProfileState = { status: "idle" };

export function ProfileForm({ words, name }: { words: Words<"account.profile.about.form">; name: string }) {
  const [state, action] = useActionState(renameAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  const { update } = useSession();
  const refreshMenu = useEffectEvent(() => void update());
  // The menu shows what useSession holds, and that doesn't know of the new name until it asks.
  useEffect(() => {
    if (state.status === "saved") refreshMenu();
  }, [state]);

  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "saved" && <FormMessage tone="success">{words.saved}</FormMessage>}
      <Field
        label={words.name}
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        defaultValue={state.status === "idle" ? name : state.values.name}
        errors={state.status === "invalid" ? state.fieldErrors.name : undefined}
      />
      <div>
        <SubmitButton>{words.submit}</SubmitButton>
      </div>
    </form>
  );
}
