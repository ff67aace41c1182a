import type { CeremonyFailure } from "@/app/_passkeys/ceremony-failure";

/** Why no passkey was added, in words: as the browser says, or as the API answers. */
const SENTENCES: Readonly<Record<string, string>> = {
  cancelled: "No passkey was added: it was cancelled, or this device can't keep one. You can try again.",
  timed_out: "No passkey was added: nothing was confirmed in time. You can try again.",
  known_already: "There is a passkey for your account on this device already.",
  unsuitable: "This device can't make a passkey that verifies you. A phone or a security key with a PIN can.",
  invalid_passkey: "This passkey could not be added: its answer didn't fit, or it came too late. Try again.",
  too_many_passkeys: "Your account has as many passkeys as it can have. Remove one that you don't use first.",
  session_ended: "You are not signed in any more. Load the page again, and sign in.",
  unauthenticated: "You are not signed in any more. Load the page again, and sign in.",
} satisfies Partial<Record<CeremonyFailure, string>> & Record<string, string>;

/** A sentence for a failure of the ceremony or a code of the API. */
export function describeFailure(code: string): string {
  return SENTENCES[code] ?? "Adding a passkey doesn't work just now. Try again in a moment.";
}
