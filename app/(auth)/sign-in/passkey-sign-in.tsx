"use client";

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";

import { PasskeyButton } from "@/app/_passkeys/passkey-button";
import type { Words } from "@/lib/i18n/messages";

/** Before the challenge of the quiet offer is too old to be answered, a fresh one takes its place. */
const RENEW_OFFER_MS = 4 * 60 * 1000;

let ceremony: Promise<typeof import("./passkey-ceremony")> | undefined;

/** Loaded when passkeys are offered or asked for: it is of no use to whoever types a password. */
function loadCeremony() {
  ceremony ??= import("./passkey-ceremony");
  return ceremony;
}

interface PasskeySignInProps {
  words: Words<"auth.passkeys">;
  /** What to write at the button when it was used last. */
  lastUsed: string | null;
  callbackUrl: string;
  /** The form beside it, whose "keep me signed in" counts here too. */
  form: RefObject<HTMLFormElement | null>;
}

/** Signs in with a passkey: by the button, or by choosing one that the browser offers at the e-mail field. */
export function PasskeySignIn({ words, lastUsed, callbackUrl, form }: PasskeySignInProps) {
  const [notice, setNotice] = useState<string | null>(null);
  const isPressed = useRef(false);
  const remembers = () => form.current !== null && new FormData(form.current).get("remember") === "on";
  const page = { isPressed, callbackUrl, remembers, failures: words.failures };

  const offer = async () => {
    if (!(await browserOffersPasskeys())) return;
    const { offerPasskey } = await loadCeremony();
    setNotice(await offerPasskey(page));
  };
  const offerLater = useEffectEvent(() => void offer());
  useEffect(() => {
    offerLater();
    const renewal = setInterval(() => offerLater(), RENEW_OFFER_MS);
    return () => {
      clearInterval(renewal);
      isPressed.current = false;
      void ceremony?.then(({ cancelCeremony }) => cancelCeremony());
    };
  }, []);

  const use = async () => {
    isPressed.current = true;
    const { signInWithPasskey } = await loadCeremony();
    const failure = await signInWithPasskey(page);
    isPressed.current = false;
    // Asking aloud has taken the place of the quiet offer.
    if (failure !== null) void offer();
    return failure;
  };
  return (
    <PasskeyButton use={use} notice={notice} mark={lastUsed}>
      {words.signIn}
    </PasskeyButton>
  );
}

/** Whether this browser can offer passkeys among what it fills in: https://www.w3.org/TR/webauthn-3/#sctn-isConditionalMediationAvailable */
async function browserOffersPasskeys(): Promise<boolean> {
  if (typeof PublicKeyCredential === "undefined") return false;
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}
