"use client";

import { type ReactNode, useEffect, useRef } from "react";

import { Button } from "@/components/button";
import { useHydrated } from "@/components/use-hydrated";
import { useEndings } from "./endable-sessions";
import type { EndingDevice } from "./ending-message";

/** A row of the list, until the end of its session is asked for. */
export function EndableRow({ id, className, children }: { id: string; className: string; children: ReactNode }) {
  const { hidden } = useEndings();
  return hidden.has(id) ? null : <li className={className}>{children}</li>;
}

interface EndButtonProps extends EndingDevice {
  label: string;
  /** With the device in it: there are several of them on the page. */
  fullLabel: string;
  /** Whether the address asks to end it. */
  asked: boolean;
  /** What asks first, and ends it at once: without scripts, and at the address that asks. */
  children: ReactNode;
}

/** Ends a session, which can be taken back for a while: then nobody needs to be asked first. */
export function EndButton({ id, device, label, fullLabel, asked, children }: EndButtonProps) {
  const hydrated = useHydrated();
  const { undone, end } = useEndings();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (undone === id) button.current?.focus();
  }, [undone, id]);
  if (!hydrated || asked) return children;
  return (
    <Button ref={button} aria-label={fullLabel} onClick={() => end({ id, device })}>
      {label}
    </Button>
  );
}
