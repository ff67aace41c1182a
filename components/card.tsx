import type { ReactNode } from "react";

/** A sheet of paper on the desk: one subject, with its heading. */
export function Card({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="rounded-card border border-border bg-surface p-6 shadow-card sm:p-7">
      {title && <h2 className="mb-3 text-lg leading-snug">{title}</h2>}
      {children}
    </section>
  );
}
