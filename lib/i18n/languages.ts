import Negotiator from "negotiator";

/** The languages that pages and mails are written in, BCP 47. Each has a folder in `messages/`; the first is the default. */
export const LANGUAGES = ["en", "de", "fr", "es", "ja", "ar"] as const;

export type Language = (typeof LANGUAGES)[number];

export const DEFAULT_LANGUAGE: Language = LANGUAGES[0];

const WRITTEN_FROM_THE_RIGHT: ReadonlySet<Language> = new Set(["ar"]);

/** Which way the language is written, as HTML's `dir` says it. */
export function directionOf(language: Language): "ltr" | "rtl" {
  return WRITTEN_FROM_THE_RIGHT.has(language) ? "rtl" : "ltr";
}

/** The language of somebody who chose this locale, such as `de-AT`; null: none that we have. */
export function languageOfLocale(locale: string | null | undefined): Language | null {
  const [primary] = (locale ?? "").split("-");
  return LANGUAGES.find((language) => language === primary) ?? null;
}

// To look up the six of a footer takes 0.7 ms, more than to check a session.
const names = new Map<string, string>();

/** What a locale is called by those who speak it. */
export function nameOfLocale(locale: string): string {
  const known = names.get(locale) ?? lookUpName(locale);
  names.set(locale, known);
  return known;
}

function lookUpName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/**
 * The language that suits a browser best.
 *
 * @param acceptLanguage - The header; absent or without any of ours: the default.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
 */
export function negotiateLanguage(acceptLanguage: string | null | undefined): Language {
  if (!acceptLanguage) return DEFAULT_LANGUAGE;
  const negotiator = new Negotiator({ headers: { "accept-language": acceptLanguage } });
  return languageOfLocale(negotiator.language([...LANGUAGES])) ?? DEFAULT_LANGUAGE;
}
