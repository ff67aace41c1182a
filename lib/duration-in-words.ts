import type { Language } from "./i18n/languages";

const UNITS = [
  { unit: "day", seconds: 24 * 60 * 60 },
  { unit: "hour", seconds: 60 * 60 },
  { unit: "minute", seconds: 60 },
] as const;

/** A length of time in the largest unit that it is a whole number of: "15 minutes", "90 seconds", "7 days". */
export function durationInWords(seconds: number, language: Language): string {
  const largest = UNITS.find((one) => seconds >= one.seconds && seconds % one.seconds === 0);
  const [unit, size] = largest ? [largest.unit, largest.seconds] : ["second", 1];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
}
