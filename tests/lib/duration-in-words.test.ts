import { describe, expect, it } from "vitest";

import { durationInWords } from "@/lib/duration-in-words";

describe("durationInWords", () => {
  it.each([
    [0, "0 seconds"],
    [1, "1 second"],
    [59, "59 seconds"],
    [60, "1 minute"],
    [61, "61 seconds"],
    [90, "90 seconds"],
    [900, "15 minutes"],
    [3599, "3,599 seconds"],
    [3600, "1 hour"],
    [5400, "90 minutes"],
    [86_400, "1 day"],
    [604_800, "7 days"],
  ])("says of %d seconds: %s", (seconds, words) => {
    expect(durationInWords(seconds, "en")).toBe(words);
  });

  it.each([
    ["de", "30 Tage"],
    ["ja", "30 日"],
    ["ar", "30 يومًا"],
  ] as const)("says it in %s", (language, words) => {
    expect(durationInWords(30 * 86_400, language)).toBe(words);
  });
});
