import type { ReactNode } from "react";

import { Logo } from "./logo";

/** The bar at the top: the logo, and what the page puts at its far end. */
export function SiteHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="mx-auto flex w-full max-w-5xl items-center justify-between gap-4 px-5 py-4 sm:px-8 sm:py-5">
      <Logo />
      {children}
    </header>
  );
}
