"use client";

import { usePathname } from "next/navigation";

/** A link of the main navigation, which tells where one is. */
export function NavLink({ href, children }: { href: string; children: string }) {
  const path = usePathname();
  const isCurrent = path === href || path.startsWith(`${href}/`);
  return (
    <a
      data-soft=""
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className="inline-flex min-h-11 items-center rounded-control px-3.5 text-[0.9375rem] font-medium text-muted hover:text-foreground aria-[current]:text-foreground aria-[current]:underline aria-[current]:decoration-accent aria-[current]:decoration-2 aria-[current]:underline-offset-8"
    >
      {children}
    </a>
  );
}
