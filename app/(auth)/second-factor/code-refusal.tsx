import { FormMessage } from "@/components/form-message";
import { LocalTime } from "@/components/local-time";

/** Why a code was not taken. */
export type CodeRefusal = "invalid_code" | "challenge_expired" | "temporarily_unavailable" | { lockedUntil: string };

const SENTENCES = {
  invalid_code: "This code is wrong, was used already, or is out of its time. Wait for the next one and try again.",
  challenge_expired: "This sign-in waited too long, or had too many wrong codes. Sign in again.",
  temporarily_unavailable: "Codes can't be checked just now, and it isn't your fault. Try again in a moment.",
} as const;

/** Says so in words. */
export function CodeRefusalMessage({ refusal }: { refusal: CodeRefusal }) {
  if (typeof refusal === "string") return <FormMessage tone="danger">{SENTENCES[refusal]}</FormMessage>;
  return (
    <FormMessage tone="danger">
      There were too many wrong codes. Codes of your app are taken again after <LocalTime at={refusal.lockedUntil} />.
      Recovery codes work at any time.
    </FormMessage>
  );
}
