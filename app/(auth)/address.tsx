import type { ReactNode } from "react";

/** An e-mail address within a sentence: set off from it, and kept in its own order where the sentence runs from the right. */
export function Address({ children }: { children: ReactNode }) {
  return (
    <bdi dir="ltr" className="font-medium break-words text-foreground">
      {children}
    </bdi>
  );
}
