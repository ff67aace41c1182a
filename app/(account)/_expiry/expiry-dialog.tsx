"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useEffect, useRef, useState } from "react";

import { buttonStyle } from "@/components/button-style";
import { usePageLanguage } from "@/components/component-words";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import { fill } from "@/lib/i18n/fill";
import type { Language } from "@/lib/i18n/languages";
import type { Expiry, ExpiryProps } from "./watch-expiry";

const SECOND_MS = 1000;
/** Below so many seconds they are counted one by one. */
const COUNTED_SECONDS = 120;

interface ExpiryDialogProps extends Pick<ExpiryProps, "words" | "signOut"> {
  expiry: Exclude<Expiry, { phase: "quiet" }>;
  /** Whether staying was asked for, and nobody answered. */
  hasFailed: boolean;
  onStay: () => Promise<void>;
  onDismiss: () => void;
}

/**
 * What a page says of its session's end, over everything else on it: nothing there is lost, as signing in again happens in
 * another tab.
 */
export function ExpiryDialog({ expiry, words, signOut, hasFailed, onStay, onDismiss }: ExpiryDialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const { title, text } = words[expiry.phase];
  return (
    <AlertDialog.Root open onOpenChange={onDismiss}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-60 bg-[rgb(var(--shadow)/0.45)]" />
        <AlertDialog.Popup
          ref={popup}
          // Not a button: whoever was typing must not press one by it.
          initialFocus={popup}
          className="fixed top-1/2 left-1/2 z-60 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-card border border-border bg-surface p-6 shadow-float outline-none sm:p-7"
        >
          <AlertDialog.Title className="text-xl leading-snug">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="mt-2 text-muted">
            {"endsAtMs" in expiry ? <Sentence text={text} endsAtMs={expiry.endsAtMs} /> : text}
          </AlertDialog.Description>
          {hasFailed && expiry.phase === "idle" && (
            <div className="mt-4">
              <FormMessage tone="danger">{words.failed}</FormMessage>
            </div>
          )}
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            {expiry.phase === "idle" ? (
              <>
                <form action={signOut}>
                  <SubmitButton variant="secondary">{words.signOut}</SubmitButton>
                </form>
                <form action={onStay}>
                  <SubmitButton>{words.stay}</SubmitButton>
                </form>
              </>
            ) : (
              <>
                <AlertDialog.Close className={buttonStyle("secondary")}>{words.close}</AlertDialog.Close>
                <a href={signInAgainHref()} target="_blank" rel="noopener" className={buttonStyle("primary")}>
                  {words.signIn}
                </a>
              </>
            )}
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** The form for whoever is still signed in too. It leads back to this page, in its own tab. */
function signInAgainHref(): string {
  const { pathname, search } = window.location;
  return `/sign-in?${new URLSearchParams({ again: "1", callbackUrl: pathname + search })}`;
}

/** Counts down for the eye. It is read aloud when the dialog opens, not at each second. */
function Sentence({ text, endsAtMs }: { text: string; endsAtMs: number }) {
  const language = usePageLanguage();
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return fill(text, { when: whenInWords(Math.max(0, Math.ceil((endsAtMs - nowMs) / SECOND_MS)), language) });
}

function whenInWords(seconds: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(language);
  if (seconds < COUNTED_SECONDS) return format.format(seconds, "second");
  return format.format(Math.floor(seconds / 60), "minute");
}
