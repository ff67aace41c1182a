"use client";

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";

import { type ButtonVariant, buttonStyle } from "./button-style";

type SubmitButtonProps = Omit<ComponentProps<"button">, "className" | "type"> & {
  variant?: ButtonVariant;
  wide?: boolean;
  /** Whether pressing it does nothing for the moment. */
  isResting?: boolean;
};

/**
 * Submits the form around it and shows that the answer is awaited. While it waits the label stays in place, unseen,
 * so that the width does not jump; and the button is not `disabled`, which would drop the keyboard's focus.
 */
export function SubmitButton({
  variant = "primary",
  wide = false,
  isResting = false,
  children,
  ...rest
}: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <button
      {...rest}
      type="submit"
      aria-busy={pending}
      aria-disabled={pending || isResting}
      onClick={(event) => {
        if (pending || isResting) event.preventDefault();
      }}
      className={buttonStyle(variant, wide)}
    >
      <span className={`inline-flex items-center gap-2.5 ${pending ? "opacity-0" : ""}`}>{children}</span>
      {pending && (
        <span aria-hidden="true" className="absolute inset-0 grid place-items-center">
          <span className="size-4.5 animate-spin rounded-full border-2 border-current border-t-transparent" />
        </span>
      )}
    </button>
  );
}
