import { describe, expect, it } from "vitest";

import { LOCALES, TIME_ZONES } from "@/features/preferences/policy";
import { TimePreferencesSchema } from "@/features/preferences/schema";
import { formatMoment } from "@/lib/format-moment";
import { LANGUAGES, languageOfLocale } from "@/lib/i18n/languages";

const isTaken = (input: unknown) => TimePreferencesSchema.safeParse(input).success;

describe("TimePreferencesSchema", () => {
  it("takes what can be chosen, and leaves the choice to the browser", () => {
    for (const timeZone of TIME_ZONES) expect(isTaken({ locale: "en-GB", timeZone })).toBe(true);
    for (const locale of LOCALES) expect(isTaken({ locale, timeZone: null })).toBe(true);
    expect(isTaken({ locale: null, timeZone: null })).toBe(true);
  });

  it.each([
    { locale: "xx", timeZone: null },
    { locale: "en", timeZone: null },
    { locale: "", timeZone: null },
    { locale: null, timeZone: "europe/berlin" },
    { locale: null, timeZone: "+01:00" },
    { locale: null, timeZone: "Europe/Berlin\r\nBcc: eve@evil.test" },
    { locale: null },
  ])("refuses %j", (input) => {
    expect(isTaken(input)).toBe(false);
  });

  it.each([{ roles: ["admin"] }, { emailVerified: true }, { id: "x" }, { claimsVersion: 0 }])(
    "refuses %j beside it (A94)",
    (more) => {
      expect(isTaken({ locale: null, timeZone: null, ...more })).toBe(false);
    },
  );
});

describe("LOCALES", () => {
  it("have a region for each language that pages are written in", () => {
    expect(new Set(LOCALES.map(languageOfLocale))).toEqual(new Set([...LANGUAGES, null]));
  });

  it("are ones that dates can be written in here", () => {
    expect(Intl.DateTimeFormat.supportedLocalesOf([...LOCALES])).toEqual([...LOCALES]);
    const januaries = LOCALES.map((locale) =>
      formatMoment(new Date("2026-01-01T00:00:00Z"), { locale, timeZone: "UTC" }),
    );
    expect(new Set(januaries).size).toBeGreaterThan(15);
  });
});
