"use client";

import { type ComponentProps, useEffect, useState } from "react";

import { fill } from "@/lib/i18n/fill";
import { useComponentWords } from "./component-words";
import { SubmitButton } from "./submit-button";

const SECOND_MS = 1000;

type CooldownButtonProps = ComponentProps<typeof SubmitButton> & {
  /** Whether what it asks for has just been done: then it waits. A new object starts the wait anew. */
  done: object | null;
  seconds: number;
};

/**
 * A submit button that rests for a while after each time, and says for how long: a mail takes its time, and a second one makes the
 * first one's link worthless. It stays where it is, and keeps the focus. The server has its own limit.
 */
export function CooldownButton({ done, seconds, children, ...button }: CooldownButtonProps) {
  const words = useComponentWords();
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (done === null) return;
    const endsAt = Date.now() + seconds * SECOND_MS;
    const tick = () => setLeft(Math.max(0, Math.ceil((endsAt - Date.now()) / SECOND_MS)));
    tick();
    const timer = setInterval(tick, SECOND_MS);
    return () => clearInterval(timer);
  }, [done, seconds]);
  const isResting = left > 0;
  return (
    <div className="flex flex-col gap-1.5">
      <SubmitButton {...button} isResting={isResting}>
        {children}
      </SubmitButton>
      {/* Each second would be read aloud, so it is for the eye; the button says that it rests. */}
      {isResting && (
        <p aria-hidden="true" className="text-center text-sm text-muted">
          {fill(words.againIn, { seconds: left })}
        </p>
      )}
    </div>
  );
}
