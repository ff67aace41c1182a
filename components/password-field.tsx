"use client";

import { type ComponentProps, type KeyboardEvent, useState } from "react";
import { useFormStatus } from "react-dom";

import { useComponentWords } from "./component-words";
import { Field } from "./field";
import { useHydrated } from "./use-hydrated";

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, "type" | "adornment" | "defaultValue" | "value"> & {
  /** Whether the characters are shown; left out, the field decides for itself. */
  revealed?: boolean;
  onRevealedChange?: (revealed: boolean) => void;
};

/**
 * A password field whose characters can be shown (NIST SP 800-63B-4, 3.1.1.2) and that says when Caps Lock is on.
 * Pasting is never in the way. Without scripts it is a plain password input.
 */
export function PasswordField({ revealed, onRevealedChange, children, ...field }: PasswordFieldProps) {
  const [ownRevealed, setOwnRevealed] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const words = useComponentWords();
  const hydrated = useHydrated();
  const { pending } = useFormStatus();
  // Hidden again on its way out, so that no browser remembers the value as ordinary text.
  const shown = (revealed ?? ownRevealed) && !pending;

  const toggle = () => {
    setOwnRevealed(!shown);
    onRevealedChange?.(!shown);
  };
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));

  return (
    <Field
      {...field}
      type={shown ? "text" : "password"}
      // Spelling checkers of some browsers send what is typed to a server.
      spellCheck={false}
      autoCapitalize="none"
      autoCorrect="off"
      onKeyDown={watchCapsLock}
      onKeyUp={watchCapsLock}
      onBlur={() => setCapsLock(false)}
      adornment={hydrated && <RevealButton pressed={shown} onToggle={toggle} />}
    >
      <p role="status" className="text-sm text-muted empty:hidden">
        {capsLock ? words.capsLock : ""}
      </p>
      {children}
    </Field>
  );
}

function RevealButton({ pressed, onToggle }: { pressed: boolean; onToggle: () => void }) {
  const words = useComponentWords();
  return (
    <button
      type="button"
      aria-label={pressed ? words.hidePassword : words.showPassword}
      onClick={onToggle}
      className="min-h-8 min-w-14 cursor-pointer rounded-md px-2.5 text-sm font-medium text-accent hover:bg-accent-soft"
    >
      {pressed ? words.hide : words.show}
    </button>
  );
}
