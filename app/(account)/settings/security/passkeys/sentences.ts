import type { CeremonyFailure } from "@/app/_passkeys/ceremony-failure";
import type { Words } from "@/lib/i18n/messages";

type FailureWords = Words<"security.passkeys.add.failures">;

/** Each way in which the browser fails that has a sentence of its own. */
type NamedFailure = Exclude<CeremonyFailure, "superseded" | "failed">;

/** Why no passkey was added, in words: as the browser says, or as the API answers. */
export function describeFailure(words: FailureWords & Record<NamedFailure, string>, code: string): string {
  return Object.hasOwn(words, code) ? words[code as keyof FailureWords] : words.other;
}
