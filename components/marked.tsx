import type { ReactNode } from "react";

/** A control with a word on its edge, such as "Last used"; no mark: the control alone. The word is no part of the control's name. */
export function Marked({ mark, children }: { mark: string | null; children: ReactNode }) {
  if (mark === null) return children;
  return (
    <div className="relative">
      {children}
      <p className="pointer-events-none absolute -top-2.5 end-3 rounded-full border border-accent/25 bg-accent-soft px-2 text-xs leading-5 font-medium text-accent">
        {mark}
      </p>
    </div>
  );
}
