import type { Language } from "@/lib/i18n/languages";

/**
 * A version of the terms as people read it: "1 November 2026".
 *
 * @param version - A day, as ISO 8601 writes it.
 */
export function versionInWords(version: string, language: Language = "en"): string {
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(version));
}
