import Link from "next/link";
import type { ComponentProps } from "react";

/** A link inside a sentence: underlined, since colour alone does not tell everyone that it is one. */
export function TextLink(props: Omit<ComponentProps<typeof Link>, "className">) {
  return (
    <Link
      {...props}
      className="rounded-sm font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
    />
  );
}
