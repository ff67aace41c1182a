import type { OptionGroup } from "@/components/select-field";
import { LOCALES, TIME_ZONES } from "@/features/preferences/policy";

/** The languages that dates can be written in, each by its own name. */
export const LOCALE_OPTIONS: readonly OptionGroup[] = [
  {
    label: "",
    options: [
      { value: "", label: "As my browser says" },
      ...LOCALES.map((lang) => ({ value: lang, label: nameOf(lang), lang })),
    ],
  },
];

/** The time zones, by continent. */
export const TIME_ZONE_OPTIONS: readonly OptionGroup[] = [
  {
    label: "",
    options: [
      { value: "", label: "As my browser says" },
      { value: "UTC", label: "UTC" },
    ],
  },
  ...[...new Set(TIME_ZONES.filter((zone) => zone.includes("/")).map(continentOf))].map((continent) => ({
    label: continent,
    options: TIME_ZONES.filter((zone) => zone.startsWith(`${continent}/`)).map((value) => ({
      value,
      label: value
        .slice(continent.length + 1)
        .replaceAll("_", " ")
        .replaceAll("/", ", "),
    })),
  })),
];

function nameOf(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

function continentOf(zone: string): string {
  return zone.slice(0, zone.indexOf("/"));
}
