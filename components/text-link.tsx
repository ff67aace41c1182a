import type { ComponentProps } from "react";

type TextLinkProps = Omit<ComponentProps<"a">, "className"> & { href: string };

/** A link inside a sentence: underlined, since colour alone does not tell everyone that it is one. */
export function TextLink(props: TextLinkProps) {
  return (
    <a
      data-soft=""
      {...props}
      className="rounded-sm font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
    />
  );
}
