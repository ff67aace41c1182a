import type { ReactNode } from "react";

/** What to do when a mail doesn't come, folded away until somebody asks; with the form that asks for another one. */
export function NothingArrived({ children }: { children: ReactNode }) {
  return (
    <details className="group border-t border-border pt-5">
      <summary className="cursor-pointer rounded-md text-[0.9375rem] font-medium text-accent">Nothing arrived?</summary>
      <p className="mt-2 mb-5 text-[0.9375rem] text-muted">
        Give it a minute and look into the spam folder. Then ask again; check the spelling as you type it.
      </p>
      {children}
    </details>
  );
}
