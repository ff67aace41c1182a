"use client";

import { type ComponentProps, type FocusEvent, useRef, useState } from "react";

import { fill } from "@/lib/i18n/fill";
import { useComponentWords } from "./component-words";
import { Field } from "./field";
import { textLinkStyle } from "./text-link-style";

type EmailFieldProps = Omit<ComponentProps<typeof Field>, "type" | "inputMode" | "adornment" | "children">;

/**
 * A field for an e-mail address that nobody has proved yet. Once it is left, a misspelt provider is pointed out, with the right one
 * to take; what is meant all the same stays. Without scripts it is a plain field.
 */
export function EmailField(field: EmailFieldProps) {
  const words = useComponentWords();
  const input = useRef<HTMLInputElement>(null);
  const [suggestion, setSuggestion] = useState<string | null>(null);

  const check = async ({ currentTarget }: FocusEvent<HTMLInputElement>) => {
    const typed = currentTarget.value;
    if (!typed.includes("@")) return setSuggestion(null);
    const { suggestAddress } = await import("@/lib/suggest-address");
    if (currentTarget.value === typed) setSuggestion(suggestAddress(typed));
  };
  const take = () => {
    if (!input.current || suggestion === null) return;
    input.current.value = suggestion;
    setSuggestion(null);
    input.current.focus();
  };
  return (
    <Field {...field} ref={input} type="email" inputMode="email" onBlur={check} onInput={() => setSuggestion(null)}>
      <p role="status" className="text-sm empty:hidden">
        {suggestion !== null && (
          <button
            type="button"
            onClick={take}
            className={`min-h-8 cursor-pointer rounded-md text-start ${textLinkStyle}`}
          >
            {fill(words.didYouMean, { address: suggestion })}
          </button>
        )}
      </p>
    </Field>
  );
}
