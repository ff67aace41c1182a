import type { ReactNode } from "react";

/** A heading of the gallery, and what belongs under it. */
export function Shelf({ title, children }: { title: string; children: ReactNode }) {
  const id = `shelf-${title.toLowerCase().replaceAll(/\W+/g, "-")}`;
  return (
    <section aria-labelledby={id} className="mt-12">
      <h2 id={id} className="border-b border-border pb-2 text-xl">
        {title}
      </h2>
      <div className="mt-6 grid gap-8 sm:grid-cols-2">{children}</div>
    </section>
  );
}

/** One component in one state, under the state's name. */
export function Specimen({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <figure className={`min-w-0 ${wide ? "sm:col-span-2" : ""}`}>
      <figcaption className="mb-2.5 font-mono text-xs text-muted">{name}</figcaption>
      {children}
    </figure>
  );
}
