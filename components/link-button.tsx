import Link from "next/link";
import type { ComponentProps } from "react";

import { type ButtonVariant, buttonStyle } from "./button-style";
import { LinkProgress } from "./link-progress";

type LinkButtonProps = Omit<ComponentProps<typeof Link>, "className"> & { variant?: ButtonVariant; wide?: boolean };

/** A link with the weight of a button. It stays a link: it goes somewhere and changes nothing. */
export function LinkButton({ variant = "primary", wide = false, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={buttonStyle(variant, wide)}>
      {children}
      <LinkProgress />
    </Link>
  );
}
