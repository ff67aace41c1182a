import type { ComponentProps } from "react";

import { textLinkStyle } from "./text-link-style";

type TextLinkProps = Omit<ComponentProps<"a">, "className"> & { href: string };

/** A link inside a sentence: underlined, since colour alone does not tell everyone that it is one. */
export function TextLink(props: TextLinkProps) {
  return <a data-soft="" {...props} className={`rounded-sm ${textLinkStyle}`} />;
}
