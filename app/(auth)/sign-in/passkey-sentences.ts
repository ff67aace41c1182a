import type { Words } from "@/lib/i18n/messages";

/** Why nobody was signed in with a passkey, in words: as the browser says it (a failure of the ceremony), or by a code of the API. */
export function describePasskeyFailure(words: Words<"auth.passkeys.failures">, code: string): string {
  const named: Readonly<Record<string, string>> = words;
  return Object.hasOwn(named, code) ? (named[code] ?? words.other) : words.other;
}
