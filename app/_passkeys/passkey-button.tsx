"use client";

import { type ReactNode, useState } from "react";

import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { Marked } from "@/components/marked";
import { SubmitButton } from "@/components/submit-button";
import { useHydrated } from "@/components/use-hydrated";

interface PasskeyButtonProps {
  /** Asks for a passkey and leads on; or says in words why not. */
  use: () => Promise<string | null>;
  /** What went wrong before anybody pressed it. */
  notice?: string | null;
  /** What to write on its edge. */
  mark?: string | null;
  children: ReactNode;
}

/** A button that asks for a passkey. It isn't there without scripts, nor in a browser that knows no passkeys. */
export function PasskeyButton({ use, notice = null, mark = null, children }: PasskeyButtonProps) {
  const hydrated = useHydrated();
  const [state, setState] = useState<{ status: "idle" | "failed"; message: string | null }>({
    status: "idle",
    message: null,
  });
  const form = useFocusFirstError<HTMLFormElement>(state);
  const message = state.message ?? notice;
  if (!hydrated || typeof PublicKeyCredential !== "function") return null;
  const press = async () => {
    const failure = await use();
    if (failure !== null) setState({ status: "failed", message: failure });
  };
  return (
    <form ref={form} action={press} className="flex flex-col gap-4">
      {message !== null && <FormMessage tone="danger">{message}</FormMessage>}
      <Marked mark={mark}>
        <SubmitButton variant="secondary" wide>
          <PasskeyIcon />
          {children}
        </SubmitButton>
      </Marked>
    </form>
  );
}

function PasskeyIcon() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className="size-5 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    >
      <circle cx="7" cy="7" r="3.6" />
      <path d="M9.6 9.6 16.5 16.5M14 14l2-2M11.8 11.8l1.6-1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
