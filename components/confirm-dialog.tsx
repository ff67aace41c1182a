"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { useFormStatus } from "react-dom";

import { arrivalMessage } from "./arrival-message";
import { buttonStyle } from "./button-style";
import { useComponentWords } from "./component-words";
import { SubmitButton } from "./submit-button";
import { useHydrated } from "./use-hydrated";

interface ConfirmDialogProps {
  /** What the control that opens it says. */
  label: string;
  /** The same with what it is about, where several of them stand on one page. */
  fullLabel?: string;
  title: string;
  /** What will happen. */
  children: ReactNode;
  confirmLabel: string;
  action: (formData: FormData) => Promise<void>;
  /** What the action is told. */
  fields?: Readonly<Record<string, string>>;
  /** The page's address with the question asked: so it works without scripts, and after a detour. */
  href: string;
  /** The page's address without it. */
  closedHref: string;
  /** Whether this is the address that was asked for. */
  asked: boolean;
}

/**
 * A question before something that can't be undone. The question has an address of its own: without scripts it stands on the
 * page in place of its control, and whoever was led away to sign in again comes back to it.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const hydrated = useHydrated();
  if (hydrated) return <Dialog {...props} />;
  if (props.asked) return <Inline {...props} />;
  return (
    <a data-soft="" href={props.href} aria-label={props.fullLabel} className={buttonStyle("secondary")}>
      {props.label}
    </a>
  );
}

function Dialog(props: ConfirmDialogProps) {
  const words = useComponentWords();
  const [open, setOpen] = useState(props.asked);
  const done = useRef(false);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) done.current = false;
    // Loading the page again doesn't ask again.
    if (!next && props.asked) window.history.replaceState(null, "", props.closedHref);
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={change}>
      <AlertDialog.Trigger aria-label={props.fullLabel} className={buttonStyle("secondary")}>
        {props.label}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(var(--shadow)/0.45)] transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Popup
          // What was done is told on the page: whoever did it goes on from there.
          finalFocus={() => (done.current && arrivalMessage()) || true}
          className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-card border border-border bg-surface p-6 shadow-float outline-none transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 sm:p-7"
        >
          <AlertDialog.Title className="text-xl leading-snug">{props.title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="mt-2 text-muted">
            {props.children}
          </AlertDialog.Description>
          <ConfirmForm
            {...props}
            onDone={() => {
              done.current = true;
              change(false);
            }}
          >
            <AlertDialog.Close className={buttonStyle("secondary")}>{words.cancel}</AlertDialog.Close>
          </ConfirmForm>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Inline(props: ConfirmDialogProps) {
  const words = useComponentWords();
  const id = useId();
  return (
    <section aria-labelledby={id} className="w-full rounded-control border border-border-strong p-5">
      <h3 id={id} className="text-lg leading-snug">
        {props.title}
      </h3>
      <div className="mt-2 text-muted">{props.children}</div>
      <ConfirmForm {...props}>
        <a data-soft="" href={props.closedHref} className={buttonStyle("secondary")}>
          {words.cancel}
        </a>
      </ConfirmForm>
    </section>
  );
}

function ConfirmForm({
  action,
  fields = {},
  confirmLabel,
  onDone = () => {},
  children,
}: Pick<ConfirmDialogProps, "action" | "fields" | "confirmLabel"> & { onDone?: () => void; children: ReactNode }) {
  return (
    <form action={action} className="mt-6 flex flex-wrap justify-end gap-3">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <SubmitButton>{confirmLabel}</SubmitButton>
      <WhenDone then={onDone} />
    </form>
  );
}

/** Watches the form around it: an action that leads back to the same page leaves the dialog standing. */
function WhenDone({ then }: { then: () => void }) {
  const { pending } = useFormStatus();
  const [sent, setSent] = useState(false);
  const done = useEffectEvent(then);
  useEffect(() => {
    if (pending) setSent(true);
    else if (sent) done();
  }, [pending, sent]);
  return null;
}
