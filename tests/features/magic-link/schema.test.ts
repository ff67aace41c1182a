import { describe, expect, it } from "vitest";

import { MagicCodeSchema } from "@/features/magic-link/schema";

describe("MagicCodeSchema", () => {
  it.each([
    ["123456", "123456"],
    [" 123 456 ", "123456"],
    ["12345", null],
    ["1234567", null],
    ["12345a", null],
    ["１２３４５６", null],
  ])("%j → %j", (typed, code) => {
    const parsed = MagicCodeSchema.safeParse(typed);
    expect(parsed.success ? parsed.data : null).toBe(code);
  });
});
