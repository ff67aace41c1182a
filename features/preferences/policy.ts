/**
 * What can be chosen as language: languages with their region, since 3/4 is another day in the next country. Pages and mails
 * are written in the language where `lib/i18n/languages.ts` has it; dates are written in the customs of the region, always.
 */
export const LOCALES = [
  ...([
    "en-GB",
    "en-US",
    "en-AU",
    "en-CA",
    "en-IN",
    "de-DE",
    "de-AT",
    "de-CH",
    "fr-FR",
    "fr-BE",
    "fr-CA",
    "fr-CH",
  ] as const),
  ...(["es-ES", "es-AR", "es-MX", "es-US", "ja-JP", "ar-EG", "ar-SA"] as const),
  ...([
    "cs-CZ",
    "da-DK",
    "el-GR",
    "fi-FI",
    "hi-IN",
    "it-IT",
    "ko-KR",
    "nb-NO",
    "nl-NL",
    "pl-PL",
    "pt-BR",
    "pt-PT",
  ] as const),
  ...(["sv-SE", "tr-TR", "uk-UA", "zh-CN", "zh-TW"] as const),
] as const;

/** Every time zone that can be chosen: those of the IANA database that this version of Node knows, and UTC. */
export const TIME_ZONES: readonly string[] = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
