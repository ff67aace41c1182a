"use client";

import { useActionState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { type OptionGroup, SelectField } from "@/components/select-field";
import { SubmitButton } from "@/components/submit-button";
import type { TimePreferences } from "@/lib/format-moment";
import type { Words } from "@/lib/i18n/messages";
import { type PreferencesState, preferencesAction } from "./actions";

const IDLE: PreferencesState = { status: "idle" };

interface PreferencesFormProps {
  words: Words<"account.profile.preferences.form">;
  preferences: TimePreferences;
  locales: readonly OptionGroup[];
  timeZones: readonly OptionGroup[];
}

/** The language of pages, mails and dates, and the time zone. */
export function PreferencesForm({ words, preferences, locales, timeZones }: PreferencesFormProps) {
  const [state, action] = useActionState(preferencesAction, IDLE);
  const form = useFocusFirstError<HTMLFormElement>(state);
  const errors = state.status === "invalid" ? state.fieldErrors : {};
  const locale = preferences.locale ?? "";
  const timeZone = preferences.timeZone ?? "";

  return (
    <form ref={form} action={action} className="flex flex-col gap-5">
      {state.status === "saved" && <FormMessage tone="success">{words.saved}</FormMessage>}
      {/* A form that was sent goes back to its defaults, and a list keeps the default that it began with: so each begins anew. */}
      <SelectField
        key={`locale ${locale}`}
        label={words.locale}
        name="locale"
        groups={locales}
        defaultValue={locale}
        errors={errors.locale}
        hint={words.localeHint}
      />
      <SelectField
        key={`timeZone ${timeZone}`}
        label={words.timeZone}
        name="timeZone"
        groups={timeZones}
        defaultValue={timeZone}
        errors={errors.timeZone}
      />
      <div>
        <SubmitButton>{words.submit}</SubmitButton>
      </div>
    </form>
  );
}
