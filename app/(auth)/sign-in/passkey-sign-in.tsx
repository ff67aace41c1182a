"use client";

import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";

import { askForPasskey } from "@/app/_passkeys/ask-for-passkey";
import { post } from "@/app/_passkeys/call";
import { PasskeyButton } from "@/app/_passkeys/passkey-button";
import { describePasskeyFailure } from "./passkey-sentences";

/** Before the challenge of the quiet offer is too old to be answered, a fresh one takes its place. */
const RENEW_OFFER_MS = 4 * 60 * 1000;

interface PasskeySignInProps {
  callbackUrl: string;
  /** The form beside it, whose "keep me signed in" counts here too. */
  form: RefObject<HTMLFormElement | null>;
}

/** Signs in with a passkey: by the button, or by choosing one that the browser offers at the e-mail field. */
export function PasskeySignIn({ callbackUrl, form }: PasskeySignInProps) {
  const [notice, setNotice] = useState<string | null>(null);
  const remembers = () => form.current !== null && new FormData(form.current).get("remember") === "on";

  const offer = async () => {
    if (await browserSupportsWebAuthnAutofill()) setNotice(await signIn(callbackUrl, remembers, true));
  };
  const offerLater = useEffectEvent(() => void offer());
  useEffect(() => {
    offerLater();
    const renewal = setInterval(() => offerLater(), RENEW_OFFER_MS);
    return () => {
      clearInterval(renewal);
      WebAuthnAbortService.cancelCeremony();
    };
  }, []);

  const use = async () => {
    const failure = await signIn(callbackUrl, remembers, false);
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

/**
 * @param quietly - Nothing was pressed: that no passkey was chosen is no news.
 * @returns Why nobody was signed in; null when the browser is on its way, or there is nothing to tell.
 */
async function signIn(callbackUrl: string, remembers: () => boolean, quietly: boolean): Promise<string | null> {
  const options = await post<PublicKeyCredentialRequestOptionsJSON>("/api/passkeys/authentication-options", {});
  if (!options.ok) return quietly ? null : describePasskeyFailure(options.code);
  const asked = await askForPasskey(options.answer, quietly);
  if (!asked.ok) return quietly || asked.code === "superseded" ? null : describePasskeyFailure(asked.code);
  const signedIn = await post("/api/sign-in/passkey", { ...asked.answer, remember: remembers() });
  if (!signedIn.ok) return describePasskeyFailure(signedIn.code);
  // The whole page anew: everything on it is somebody else's now.
  window.location.assign(callbackUrl);
  return null;
}
