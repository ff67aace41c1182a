import { type PublicKeyCredentialRequestOptionsJSON as Options, WebAuthnAbortService } from "@simplewebauthn/browser";
import type { RefObject } from "react";

import { type Asked, askForPasskey } from "@/app/_passkeys/ask-for-passkey";
import { post } from "@/app/_passkeys/call";
import type { Words } from "@/lib/i18n/messages";
import { describePasskeyFailure } from "./passkey-sentences";

const SUPERSEDED: Asked = { ok: false, code: "superseded" };

/** What a ceremony is told of the page that it is on. */
export interface CeremonyPage {
  /** Whether the button was pressed and waits for an answer: then nothing is offered on the side. */
  readonly isPressed: RefObject<boolean>;
  readonly callbackUrl: string;
  readonly remembers: () => boolean;
  readonly failures: Words<"auth.passkeys.failures">;
}

/** Offers passkeys at the e-mail field. @returns Why nobody was signed in; null when there is nothing to tell. */
export async function offerPasskey(page: CeremonyPage): Promise<string | null> {
  const options = await fetchOptions();
  return signIn(options.ok ? await askQuietly(options.answer, page.isPressed) : SUPERSEDED, page);
}

/** Asks for a passkey, as the button says. @returns Why nobody was signed in; null when the browser is on its way. */
export async function signInWithPasskey(page: CeremonyPage): Promise<string | null> {
  const options = await fetchOptions();
  return signIn(options.ok ? await askAloud(options.answer, page.isPressed) : options, page);
}

/** Ends what is being offered or asked. */
export function cancelCeremony(): void {
  WebAuthnAbortService.cancelCeremony();
}

const fetchOptions = () => post<Options>("/api/passkeys/authentication-options", {});

/** Nothing was pressed, so that no passkey being chosen is no news. */
async function askQuietly(options: Options, isPressed: RefObject<boolean>): Promise<Asked> {
  if (isPressed.current) return SUPERSEDED;
  const asked = await askForPasskey(options, true);
  return asked.ok ? asked : SUPERSEDED;
}

/** Asks until there is an answer: a quiet offer that was just about to begin may still get in between. */
async function askAloud(options: Options, isPressed: RefObject<boolean>): Promise<Asked> {
  let asked = await askForPasskey(options);
  while (!asked.ok && asked.code === "superseded" && isPressed.current) asked = await askForPasskey(options);
  return asked;
}

async function signIn(asked: Asked, { callbackUrl, remembers, failures }: CeremonyPage): Promise<string | null> {
  if (!asked.ok) return asked.code === "superseded" ? null : describePasskeyFailure(failures, asked.code);
  const signedIn = await post("/api/sign-in/passkey", { ...asked.answer, remember: remembers() });
  if (!signedIn.ok) return describePasskeyFailure(failures, signedIn.code);
  // The whole page anew: everything on it is somebody else's now.
  window.location.assign(callbackUrl);
  return null;
}
