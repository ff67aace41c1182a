import { describe, expect, it } from "vitest";

import { retryDelaySeconds } from "@/features/mail/policy";

describe("retryDelaySeconds", () => {
  it("grows fourfold from five seconds up to an hour", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempts) => retryDelaySeconds(attempts, 0))).toEqual([
      5, 20, 80, 320, 1280, 3600, 3600, 3600,
    ]);
  });

  it("is shortened by chance by no more than a quarter, so that what failed together comes back apart", () => {
    expect(retryDelaySeconds(2, 0.5)).toBe(17.5);
    expect(retryDelaySeconds(2, 1)).toBe(15);
    expect(retryDelaySeconds(1)).toBeGreaterThan(3.75);
    expect(retryDelaySeconds(1)).toBeLessThanOrEqual(5);
  });
});
