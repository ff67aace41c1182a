import { FilledSentence } from "@/components/filled-sentence";
import { FormMessage } from "@/components/form-message";
import { LocalTime } from "@/components/local-time";
import type { Words } from "@/lib/i18n/messages";

/** Why a code was not taken. */
export type CodeRefusal = "invalid_code" | "challenge_expired" | "temporarily_unavailable" | { lockedUntil: string };

interface CodeRefusalMessageProps {
  words: Words<"rules.codeRefusals">;
  refusal: CodeRefusal;
}

/** Says so in words. */
export function CodeRefusalMessage({ words, refusal }: CodeRefusalMessageProps) {
  return (
    <FormMessage tone="danger">
      {typeof refusal === "string" ? (
        words[refusal]
      ) : (
        <FilledSentence sentence={words.locked} placeholder="time">
          <LocalTime at={refusal.lockedUntil} />
        </FilledSentence>
      )}
    </FormMessage>
  );
}
