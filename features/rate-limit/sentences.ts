import { type RateLimited, secondsToWait } from "./rate-limited";

const UNITS = [
  ["day", 24 * 60 * 60],
  ["hour", 60 * 60],
  ["minute", 60],
] as const;

/** A wait in words, rounded up: whoever waits for so long is let in. */
function waitInWords(seconds: number): string {
  const [unit, length] = UNITS.find(([, unitSeconds]) => seconds > unitSeconds) ?? (["minute", 60] as const);
  const count = Math.ceil(seconds / length);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/**
 * What a form says at a limit. It tells nothing of any account: those that don't exist have the same limits.
 *
 * @param alternative - What else can be done meanwhile, as a sentence.
 */
export function limitSentence(refusal: RateLimited, alternative = ""): string {
  const wait = waitInWords(secondsToWait(refusal));
  return `There were too many tries. Wait ${wait}, then try again. ${alternative}`.trim();
}
