"use client";

import { useEffect, useRef } from "react";

import { FormMessage } from "@/components/form-message";
import { textLinkStyle } from "@/components/text-link-style";
import { fill } from "@/lib/i18n/fill";
import type { Words } from "@/lib/i18n/messages";
import type { EndOutcome } from "./end-later";

/** A session as the person knows it. */
export interface EndingDevice {
  readonly id: string;
  /** Such as "Firefox on Windows". */
  readonly device: string;
}

/** An end that was asked for. `waiting`: it can be taken back; `told`: not any more. */
export interface Ending extends EndingDevice {
  readonly state: "waiting" | "told" | EndOutcome;
}

interface EndingMessageProps {
  ending: Ending;
  words: Words<"account.sessions.ending">;
  endedWords: Words<"account.sessions.ended">;
  onPause: () => void;
  onResume: () => void;
  onUndo: () => void;
}

/**
 * Says that a session is about to end, and takes it back. It takes the focus, since the button that was pressed is gone. The time
 * stands still while the mouse is over it, and for whoever goes by the keyboard while they are in it.
 */
export function EndingMessage({ ending, words, endedWords, onPause, onResume, onUndo }: EndingMessageProps) {
  const container = useRef<HTMLDivElement>(null);
  const { device, state } = ending;
  useEffect(() => {
    const isLost = state === "waiting" || document.activeElement === document.body;
    // Whoever went elsewhere meanwhile stays there.
    if (isLost) container.current?.querySelector<HTMLElement>("[data-form-message]")?.focus();
  }, [state]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done by it; it only waits for whoever is here.
    <div
      ref={container}
      onPointerEnter={(event) => event.pointerType === "mouse" && onPause()}
      onPointerLeave={onResume}
      // A mouse has left the focus here too, and says nothing by it.
      onFocus={({ target }) => target.matches(":focus-visible") && onPause()}
      onBlur={onResume}
    >
      <FormMessage tone={toneOf(state)}>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {fill(sentenceOf(state, words, endedWords), { device })}
          {state === "waiting" && (
            <button type="button" onClick={onUndo} className={`min-h-6 cursor-pointer rounded-sm ${textLinkStyle}`}>
              {words.undo}
            </button>
          )}
        </p>
      </FormMessage>
    </div>
  );
}

function toneOf(state: Ending["state"]) {
  if (state === "failed") return "danger";
  return state === "ended" ? "success" : "info";
}

function sentenceOf(
  state: Ending["state"],
  words: EndingMessageProps["words"],
  endedWords: EndingMessageProps["endedWords"],
): string {
  if (state === "failed") return words.failed;
  if (state === "before") return endedWords.before;
  return state === "ended" ? endedWords.one : words.waiting;
}
