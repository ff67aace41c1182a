"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";

import { formText } from "@/components/form-text";
import { PasswordField } from "@/components/password-field";
import { textLinkStyle } from "@/components/text-link-style";
import { useHydrated } from "@/components/use-hydrated";
import type { PasswordContext } from "@/features/password/context-words";
import type { Words } from "@/lib/i18n/messages";
import { StrengthMeter } from "./strength-meter";
import { useStrength } from "./use-strength";

interface NewPasswordFieldProps {
  words: Words<"rules.newPassword">;
  label: string;
  name: string;
  /** Whom the password is for; left out, the form around the field asks for it. */
  context?: PasswordContext;
  errors: readonly string[] | undefined;
}

/** A password that is being chosen: how strong it is while typing, and a passphrase for those who would rather be given one. */
export function NewPasswordField({ words, label, name, context, errors }: NewPasswordFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [revealed, setRevealed] = useState(false);
  const { strength, prepare, estimate, forget } = useStrength();
  const hydrated = useHydrated();

  // React empties the form once its action has answered; what was said about the password goes with it.
  useEffect(() => {
    const form = input.current?.form;
    const onReset = () => {
      forget();
      setRevealed(false);
    };
    form?.addEventListener("reset", onReset);
    return () => form?.removeEventListener("reset", onReset);
  }, [forget]);

  const suggest = async () => {
    // The word list comes along only when somebody asks for it.
    const { suggestPassphrase } = await import("@/features/password/suggest-passphrase");
    if (!input.current) return;
    input.current.value = suggestPassphrase();
    setRevealed(true);
    estimate(input.current.value, context ?? contextOf(input.current.form));
    input.current.focus();
  };

  return (
    <PasswordField
      ref={input}
      label={label}
      name={name}
      autoComplete="new-password"
      required
      hint={words.hint}
      errors={errors}
      revealed={revealed}
      onRevealedChange={setRevealed}
      onFocus={prepare}
      onInput={(event: FormEvent<HTMLInputElement>) =>
        estimate(event.currentTarget.value, context ?? contextOf(event.currentTarget.form))
      }
    >
      <StrengthMeter words={words.meter} strength={strength} />
      {hydrated && (
        <button
          type="button"
          onClick={suggest}
          className={`min-h-8 cursor-pointer self-start rounded-md text-sm ${textLinkStyle}`}
        >
          {words.suggest}
        </button>
      )}
    </PasswordField>
  );
}

/** What an attacker would try first for this person: their own address and name. */
function contextOf(form: HTMLFormElement | null): PasswordContext {
  const data = form ? new FormData(form) : new FormData();
  return { email: formText(data, "email"), name: formText(data, "name") };
}
