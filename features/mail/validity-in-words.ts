import { DEFAULT_LANGUAGE, type Language } from "@/lib/i18n/languages";

/**
 * How long a link works, as a mail says it: "15 minutes", "24 hours". Rounded down, so that no mail promises more than is
 * true.
 */
export function validityInWords(seconds: number, language: Language = DEFAULT_LANGUAGE): string {
  const [amount, unit] = seconds >= 3600 ? [seconds / 3600, "hour"] : [Math.max(seconds / 60, 1), "minute"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(Math.floor(amount));
}
