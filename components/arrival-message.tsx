"use client";

import { type ReactNode, useEffect, useRef } from "react";

import { FormMessage, type MessageTone } from "./form-message";

const MARK = "data-arrival-message";

/** The message of the page, if it has one: where the focus belongs once something is done. */
export function arrivalMessage(): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[${MARK}] [data-form-message]`);
}

/**
 * What a page says of what was just done. It takes the focus when it appears: a live region that comes with its page is not
 * read by every screen reader, and what was pressed may be gone. Give it a `key` that differs from message to message.
 */
export function ArrivalMessage({ tone, children }: { tone: MessageTone; children: ReactNode }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    container.current?.querySelector<HTMLElement>("[data-form-message]")?.focus();
  }, []);
  return (
    <div ref={container} {...{ [MARK]: "" }}>
      <FormMessage tone={tone}>{children}</FormMessage>
    </div>
  );
}
