/** Why nobody was signed in with a passkey, in words: as the browser says, or as the API answers. */
const SENTENCES: Readonly<Record<string, string>> = {
  cancelled: "No passkey was used: it was cancelled, or there is none for this site on this device.",
  timed_out: "No passkey was used: nothing was confirmed in time. You can try again.",
  unsuitable: "This device can't confirm that it is you. Use another one, or another way.",
  invalid_passkey: "This passkey isn't known here, or its answer came too late. Try again, or use another way.",
  challenge_expired: "This sign-in waited too long, or had too many wrong codes. Sign in again.",
  rate_limited: "There were too many tries from your network. Wait a quarter of an hour, or use another way.",
  account_disabled:
    "This account has been disabled. Write to the people who run this site if you think that is a mistake.",
};

/** A sentence for a failure of the ceremony or a code of the API. */
export function describePasskeyFailure(code: string): string {
  return (
    SENTENCES[code] ??
    "Passkeys don't work just now, and it isn't your fault. Try again in a moment, or use another way."
  );
}
