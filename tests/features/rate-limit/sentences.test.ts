import { describe, expect, it } from "vitest";

import { isRateLimited, rateLimited, secondsToWait } from "@/features/rate-limit/rate-limited";
import { limitSentence } from "@/features/rate-limit/sentences";
import { translatorFor } from "@/lib/i18n/translator";

describe("rateLimited", () => {
  it.each([
    [-5, 1],
    [0, 1],
    [1, 1],
    [1000, 1],
    [1001, 2],
    [900_000, 900],
  ])("of %i ms asks to wait %i s", (waitMs, seconds) => {
    expect(secondsToWait(rateLimited(waitMs))).toBe(seconds);
  });

  it.each([
    "rate_limited",
    "rate_limited:",
    "rate_limited:x",
    "rate_limited:-1",
    "xrate_limited:1",
    "rate_limited:1 ",
    1,
  ])("is not %s", (code) => {
    expect(isRateLimited(code)).toBe(false);
  });
});

describe("limitSentence", () => {
  it.each([
    [1, "1 minute"],
    [60, "1 minute"],
    [61, "2 minutes"],
    [3600, "60 minutes"],
    [3601, "2 hours"],
    [86_400, "24 hours"],
    [86_401, "2 days"],
    [2_592_000, "30 days"],
  ])("of %i s asks to wait %s", async (seconds, wait) => {
    const t = await translatorFor("en", "rules");
    expect(limitSentence(t, `rate_limited:${seconds}`)).toBe(
      `There were too many tries. Wait ${wait}, then try again.`,
    );
  });
});
