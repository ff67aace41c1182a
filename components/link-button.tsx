import type { ComponentProps } from "react";

import { type ButtonVariant, buttonStyle } from "./button-style";

type LinkButtonProps = Omit<ComponentProps<"a">, "className"> & {
  href: string;
  variant?: ButtonVariant;
  wide?: boolean;
};

/** A link with the weight of a button. It stays a link: it goes somewhere and changes nothing. */
export function LinkButton({ variant = "primary", wide = false, ...rest }: LinkButtonProps) {
  return <a data-soft="" {...rest} className={buttonStyle(variant, wide)} />;
}
