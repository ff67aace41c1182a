import { useComponentWords } from "@/components/component-words";
import { FilledSentence } from "@/components/filled-sentence";
import { FormMessage } from "@/components/form-message";
import { LocalTime } from "@/components/local-time";

/** Why a code was not taken. */
export type CodeRefusal = "invalid_code" | "challenge_expired" | "temporarily_unavailable" | { lockedUntil: string };

/** Says so in words. */
export function CodeRefusalMessage({ refusal }: { refusal: CodeRefusal }) {
  const words = useComponentWords().codeRefusals;
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
