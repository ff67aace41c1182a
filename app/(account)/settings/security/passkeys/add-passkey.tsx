"use client";

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  startRegistration,
} from "@simplewebauthn/browser";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { post } from "@/app/_passkeys/call";
import { ceremonyFailure } from "@/app/_passkeys/ceremony-failure";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import { useHydrated } from "@/components/use-hydrated";
import { fill } from "@/lib/i18n/fill";
import type { Words } from "@/lib/i18n/messages";
import { describeFailure } from "./sentences";

type State = { status: "idle" } | { status: "added"; name: string } | { status: "failed"; code: string };

/** Where something is proven first, by the API's code for it. */
const DETOURS: Readonly<Record<string, string>> = {
  recent_authentication_required: "/re-authenticate",
  step_up_required: "/second-factor",
};

/** Makes a passkey on this device, or wherever the browser offers to, and adds it to the account. */
export function AddPasskey({ words }: { words: Words<"security.passkeys.add"> }) {
  const hydrated = useHydrated();
  const router = useRouter();
  const [state, setState] = useState<State>({ status: "idle" });
  const form = useFocusFirstError<HTMLFormElement>(state);

  const add = async () => {
    const outcome = await makePasskey();
    const detour = outcome.status === "failed" ? DETOURS[outcome.code] : undefined;
    if (detour) {
      window.location.assign(`${detour}?callbackUrl=${encodeURIComponent("/settings/security#passkeys")}`);
      return;
    }
    setState(outcome);
    if (outcome.status === "added") router.refresh();
  };

  if (!hydrated) {
    return (
      <noscript>
        <p className="text-muted">{words.noScripts}</p>
      </noscript>
    );
  }
  if (!browserSupportsWebAuthn()) {
    return <p className="text-muted">{words.unsupported}</p>;
  }
  return (
    <form ref={form} action={add} className="flex flex-col gap-4">
      {state.status === "added" && <FormMessage tone="success">{fill(words.added, { name: state.name })}</FormMessage>}
      {state.status === "failed" && (
        <FormMessage tone="danger">{describeFailure(words.failures, state.code)}</FormMessage>
      )}
      <div>
        <SubmitButton variant="secondary">{words.submit}</SubmitButton>
      </div>
    </form>
  );
}

async function makePasskey(): Promise<State> {
  const options = await post<PublicKeyCredentialCreationOptionsJSON>("/api/passkeys/registration-options", {});
  if (!options.ok) return { status: "failed", code: options.code };
  const startedAt = performance.now();
  try {
    const answer = await startRegistration({ optionsJSON: options.answer });
    const added = await post<{ name: string }>("/api/passkeys", answer);
    return added.ok ? { status: "added", name: added.answer.name } : { status: "failed", code: added.code };
  } catch (error) {
    const elapsedMs = performance.now() - startedAt;
    return { status: "failed", code: ceremonyFailure(error, elapsedMs, options.answer.timeout) };
  }
}
