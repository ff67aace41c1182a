import type { ReactNode } from "react";

/** One line of a list of facts: what it is, what it says, and what that means. */
export function Row({ term, note, children }: { term: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 py-3 sm:grid-cols-[11rem_1fr]">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0">
        <span className="font-medium break-words">{children}</span>
        {note && <span className="mt-0.5 block text-[0.9375rem] text-muted">{note}</span>}
      </dd>
    </div>
  );
}

/** The list around the lines. */
export function Rows({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-border">{children}</dl>;
}
