import type { ComponentProps } from "react";

import { type ButtonVariant, buttonStyle } from "./button-style";

type ButtonProps = Omit<ComponentProps<"button">, "className"> & { variant?: ButtonVariant; wide?: boolean };

/** A button that submits nothing; forms use SubmitButton. */
export function Button({ variant = "secondary", wide = false, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={buttonStyle(variant, wide)} />;
}
