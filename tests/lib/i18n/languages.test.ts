import { describe, expect, it } from "vitest";

import { directionOf, LANGUAGES, languageOfLocale, negotiateLanguage } from "@/lib/i18n/languages";

describe("negotiateLanguage", () => {
  it.each([
    ["de", "de"],
    ["de-AT", "de"],
    ["fr-CA,fr;q=0.9,en;q=0.8", "fr"],
    ["nl,es;q=0.8,en;q=0.7", "es"],
    ["en;q=0.2,ja;q=0.9", "ja"],
    ["de;q=0,ar;q=0.1", "ar"],
    ["AR-eg", "ar"],
  ])("takes what the browser likes best of what there is: %s → %s", (header, language) => {
    expect(negotiateLanguage(header)).toBe(language);
  });

  it.each([undefined, null, "", "nl", "*", "de;q=0", ";;;,=,", "x".repeat(50_000)])(
    "is English where none of ours is asked for: %j",
    (header) => {
      expect(negotiateLanguage(header)).toBe("en");
    },
  );
});

describe("languageOfLocale", () => {
  it.each([
    ["de", "de"],
    ["de-AT", "de"],
    ["es-419", "es"],
    ["ja-JP-u-ca-japanese", "ja"],
  ])("is the one that a locale begins with: %s → %s", (locale, language) => {
    expect(languageOfLocale(locale)).toBe(language);
  });

  it.each([undefined, null, "", "nl-NL", "den", "__proto__"])("is none of ours for %j", (locale) => {
    expect(languageOfLocale(locale)).toBeNull();
  });
});

describe("directionOf", () => {
  it("is from the right for Arabic alone", () => {
    expect(LANGUAGES.filter((language) => directionOf(language) === "rtl")).toEqual(["ar"]);
  });
});
