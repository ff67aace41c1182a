import { describe, expect, it } from "vitest";
import { translatorFor } from "@/lib/i18n/translator";
import { timeAgo } from "@/lib/time-ago";
import { inEnglish } from "../support/in-english";

const NOW = new Date("2026-11-21T12:00:00Z");

describe("timeAgo", () => {
  it.each([
    { seconds: -5, words: "just now" },
    { seconds: 0, words: "just now" },
    { seconds: 59, words: "just now" },
    { seconds: 60, words: "1 minute ago" },
    { seconds: 61, words: "1 minute ago" },
    { seconds: 3599, words: "59 minutes ago" },
    { seconds: 3600, words: "1 hour ago" },
    { seconds: 3601, words: "1 hour ago" },
    { seconds: 86_399, words: "23 hours ago" },
    { seconds: 86_400, words: "1 day ago" },
    { seconds: 3 * 86_400, words: "3 days ago" },
  ])("says $words after $seconds seconds", ({ seconds, words }) => {
    expect(timeAgo(inEnglish("account"), new Date(NOW.getTime() - seconds * 1000), NOW)).toBe(words);
  });

  it.each([
    ["de", 2, "vor 2 Tagen"],
    ["ar", 1, "قبل يوم واحد"],
    ["ar", 2, "قبل يومين"],
    ["ar", 3, "قبل 3 أيام"],
    ["ar", 11, "قبل 11 يومًا"],
    ["ar", 100, "قبل 100 يوم"],
  ] as const)("knows the plurals of %s: %d days", async (language, days, words) => {
    const t = await translatorFor(language, "account");

    expect(timeAgo(t, new Date(NOW.getTime() - days * 86_400_000), NOW)).toBe(words);
  });
});
