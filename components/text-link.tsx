import Link from "next/link";
import type { ComponentProps } from "react";

import { LinkProgress } from "./link-progress";

/** A link inside a sentence: underlined, since colour alone does not tell everyone that it is one. */
export function TextLink({ children, ...rest }: Omit<ComponentProps<typeof Link>, "className">) {
  return (
    <Link
      {...rest}
      className="rounded-sm font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
    >
      {children}
      <LinkProgress />
    </Link>
  );
}
