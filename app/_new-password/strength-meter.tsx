import type { PasswordStrength } from "@/features/password/estimate-strength";
import { fill } from "@/lib/i18n/fill";
import type { Words } from "@/lib/i18n/messages";

const BARS = [1, 2, 3, 4] as const;

interface StrengthMeterProps {
  words: Words<"rules.newPassword.meter">;
  strength: PasswordStrength | null;
}

/** Four bars for the eye, one sentence for everyone. It advises; what is refused is decided on the server. */
export function StrengthMeter({ words, strength }: StrengthMeterProps) {
  const score = strength?.score ?? 0;
  const filled = score >= 3 ? "bg-success" : "bg-danger";
  return (
    <div className={strength ? "" : "sr-only"}>
      <div aria-hidden="true" className="mt-1 mb-2 grid grid-cols-4 gap-1.5">
        {BARS.map((bar) => (
          <div key={bar} className={`h-1 rounded-full ${bar <= Math.max(1, score) ? filled : "bg-border"}`} />
        ))}
      </div>
      <p aria-live="polite" className="text-sm">
        {strength && fill(words[strength.hint], { missing: strength.missing })}
      </p>
    </div>
  );
}
