import { describe, expect, it } from "vitest";

import { formatMoment } from "@/lib/format-moment";

const noon = new Date("2026-01-01T12:00:00Z");

describe("formatMoment", () => {
  it.each([
    [null, null, "1 January 2026 at 12:00 UTC"],
    ["de-DE", "Europe/Berlin", "1. Januar 2026 um 13:00 MEZ"],
    ["de-DE", null, "1. Januar 2026 um 12:00 UTC"],
    [null, "Asia/Kathmandu", "1 January 2026 at 17:45 GMT+5:45"],
    ["en-US", "America/New_York", "January 1, 2026 at 7:00 AM EST"],
  ])("writes a moment for %s in %s", (locale, timeZone, words) => {
    expect(formatMoment(noon, { locale, timeZone }).replace(/\s/g, " ")).toBe(words);
  });

  it.each([
    ["x", "UTC"],
    ["en-GB", "Nowhere/Land"],
  ])("fails for nothing that it doesn't know: %s in %s", (locale, timeZone) => {
    expect(formatMoment(noon, { locale, timeZone })).toBe("1 January 2026 at 12:00 UTC");
  });
});
