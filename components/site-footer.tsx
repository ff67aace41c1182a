import type { ReactNode } from "react";

import { brand } from "@/brand";
import type { Words } from "@/lib/i18n/messages";

/** The line at the foot of every page, and what the page puts below it. */
export function SiteFooter({ words, children }: { words: Words<"components">; children?: ReactNode }) {
  const { terms, privacy } = brand.legal;
  const links = [{ label: words.terms, href: terms }, { label: words.privacy, href: privacy }, ...brand.links];
  return (
    <footer className="mx-auto mt-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-8 gap-y-1 px-5 py-6 text-sm text-muted sm:px-8">
      <p>{brand.name}</p>
      <ul className="-mx-2 flex flex-wrap">
        {links.map(({ label, href }) => (
          <li key={href}>
            <a
              href={href}
              className="inline-flex min-h-8 items-center rounded-md px-2 hover:text-foreground hover:underline"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
      {children}
    </footer>
  );
}
