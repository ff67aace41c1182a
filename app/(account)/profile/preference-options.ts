import type { OptionGroup } from "@/components/select-field";
import { LOCALES, TIME_ZONES } from "@/features/preferences/policy";
import { languageOfLocale, nameOfLocale } from "@/lib/i18n/languages";
import type { Translator } from "@/lib/i18n/translator";

/** The languages with their regions, each by its own name: first those that pages and mails are written in as well. */
const LOCALE_OPTIONS = LOCALES.map((lang) => ({ value: lang, label: nameOfLocale(lang), lang }));
const IN_FULL = LOCALE_OPTIONS.filter(({ value }) => languageOfLocale(value) !== null);
const DATES_ONLY = LOCALE_OPTIONS.filter(({ value }) => languageOfLocale(value) === null);

/** The time zones, by continent. */
const CONTINENTS: readonly OptionGroup[] = [
  ...new Set(TIME_ZONES.filter((zone) => zone.includes("/")).map(continentOf)),
].map((continent) => ({
  label: continent,
  options: TIME_ZONES.filter((zone) => zone.startsWith(`${continent}/`)).map((value) => ({
    value,
    label: value
      .slice(continent.length + 1)
      .replaceAll("_", " ")
      .replaceAll("/", ", "),
  })),
}));

/** What can be chosen as language. */
export function localeOptions(t: Translator<"account">): readonly OptionGroup[] {
  return [
    { label: "", options: [{ value: "", label: t("profile.preferences.asBrowser") }] },
    { label: t("profile.preferences.inFull"), options: IN_FULL },
    { label: t("profile.preferences.datesOnly"), options: DATES_ONLY },
  ];
}

/** What can be chosen as time zone, by the names of the IANA database. */
export function timeZoneOptions(t: Translator<"account">): readonly OptionGroup[] {
  const common = [
    { value: "", label: t("profile.preferences.asBrowser") },
    { value: "UTC", label: "UTC" },
  ];
  return [{ label: "", options: common }, ...CONTINENTS];
}

function continentOf(zone: string): string {
  return zone.slice(0, zone.indexOf("/"));
}
