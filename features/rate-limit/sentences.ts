import type { Translator } from "@/lib/i18n/translator";
import { type RateLimited, secondsToWait } from "./rate-limited";

const UNITS = [
  ["days", 24 * 60 * 60],
  ["hours", 60 * 60],
  ["minutes", 60],
] as const;

/**
 * What a form says at a limit: the wait rounded up, so that whoever waits for so long is let in. It tells nothing of any account:
 * those that don't exist have the same limits.
 *
 * @param alternative - What else can be done meanwhile, as a sentence.
 */
export function limitSentence(t: Translator<"rules">, refusal: RateLimited, alternative = ""): string {
  const seconds = secondsToWait(refusal);
  const [unit, length] = UNITS.find(([, unitSeconds]) => seconds > unitSeconds) ?? (["minutes", 60] as const);
  return `${t(`limit.${unit}`, { count: Math.ceil(seconds / length) })} ${alternative}`.trim();
}
