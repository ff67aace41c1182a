"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** A form whose answer never comes: what is in it stays as it looks while it waits. */
export function PendingForm({ children }: { children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.requestSubmit(), []);
  return (
    <form ref={form} action={() => new Promise<void>(() => {})}>
      {children}
    </form>
  );
}
