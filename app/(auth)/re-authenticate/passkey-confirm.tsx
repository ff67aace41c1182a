"use client";

import { askForPasskey } from "@/app/_passkeys/ask-for-passkey";
import { PasskeyButton } from "@/app/_passkeys/passkey-button";
import type { Words } from "@/lib/i18n/messages";
import { describePasskeyFailure } from "../sign-in/passkey-sentences";
import { passkeyOptionsAction, reauthenticateWithPasskeyAction } from "./actions";

/** Confirms with one of the person's passkeys, in place of the password. */
export function PasskeyConfirm({ words, callbackUrl }: { words: Words<"auth.passkeys">; callbackUrl: string }) {
  const use = async () => {
    const asked = await askForPasskey(await passkeyOptionsAction(callbackUrl));
    const failure = asked.ok ? await reauthenticateWithPasskeyAction(asked.answer, callbackUrl) : asked.code;
    return describePasskeyFailure(words.failures, failure);
  };
  return <PasskeyButton use={use}>{words.confirm}</PasskeyButton>;
}
