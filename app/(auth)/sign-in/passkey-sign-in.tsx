"use client";

import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON as Options,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";

import { type Asked, askForPasskey } from "@/app/_passkeys/ask-for-passkey";
import { post } from "@/app/_passkeys/call";
import { PasskeyButton } from "@/app/_passkeys/passkey-button";
import { describePasskeyFailure } from "./passkey-sentences";

/** Before the challenge of the quiet offer is too old to be answered, a fresh one takes its place. */
const RENEW_OFFER_MS = 4 * 60 * 1000;

const SUPERSEDED: Asked = { ok: false, code: "superseded" };

interface PasskeySignInProps {
  callbackUrl: string;
  /** The form beside it, whose "keep me signed in" counts here too. */
  form: RefObject<HTMLFormElement | null>;
}

/** Signs in with a passkey: by the button, or by choosing one that the browser offers at the e-mail field. */
export function PasskeySignIn({ callbackUrl, form }: PasskeySignInProps) {
  const [notice, setNotice] = useState<string | null>(null);
  /** Whether the button was pressed and waits for an answer: then nothing is offered on the side. */
  const isPressed = useRef(false);
  const remembers = () => form.current !== null && new FormData(form.current).get("remember") === "on";

  const offer = async () => {
    if (!(await browserSupportsWebAuthnAutofill())) return;
    const options = await fetchOptions();
    const asked = options.ok ? await askQuietly(options.answer, isPressed) : SUPERSEDED;
    setNotice(await signIn(asked, callbackUrl, remembers));
  };
  const offerLater = useEffectEvent(() => void offer());
  useEffect(() => {
    offerLater();
    const renewal = setInterval(() => offerLater(), RENEW_OFFER_MS);
    return () => {
      clearInterval(renewal);
      isPressed.current = false;
      WebAuthnAbortService.cancelCeremony();
    };
  }, []);

  const use = async () => {
    isPressed.current = true;
    const options = await fetchOptions();
    const asked = options.ok ? await askAloud(options.answer, isPressed) : options;
    const failure = await signIn(asked, callbackUrl, remembers);
    isPressed.current = false;
    // Asking aloud has taken the place of the quiet offer.
    if (failure !== null) void offer();
    return failure;
  };
  return (
    <PasskeyButton use={use} notice={notice}>
      Sign in with a passkey
    </PasskeyButton>
  );
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

/** @returns Why nobody was signed in; null when the browser is on its way, or there is nothing to tell. */
async function signIn(asked: Asked, callbackUrl: string, remembers: () => boolean): Promise<string | null> {
  if (!asked.ok) return asked.code === "superseded" ? null : describePasskeyFailure(asked.code);
  const signedIn = await post("/api/sign-in/passkey", { ...asked.answer, remember: remembers() });
  if (!signedIn.ok) return describePasskeyFailure(signedIn.code);
  // The whole page anew: everything on it is somebody else's now.
  window.location.assign(callbackUrl);
  return null;
}
