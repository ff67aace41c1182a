import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { accentPalette, contrast, readableAccent } from "@/lib/accent-palette";

const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("contrast", () => {
  it.each([
    ["#000000", "#ffffff", 21],
    ["#ffffff", "#ffffff", 1],
    // https://webaim.org/resources/contrastchecker gives these, too.
    ["#777777", "#ffffff", 4.48],
    ["#0000ff", "#ffff00", 8.0],
  ])("of %s and %s is %d", (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 1);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });
});

describe("readableAccent", () => {
  it("keeps an accent that can be read, and darkens one that can't no further than needed", () => {
    expect(readableAccent("#0D5266")).toBe("#0d5266");
    expect(readableAccent("#ff0000")).toBe("#d10000");
    expect(readableAccent("#ffffff")).toBe("#6b6b6b");
  });
});

describe("accentPalette", () => {
  it("holds every accent that can be read to WCAG 2.2 AA in both themes", () => {
    fc.assert(
      fc.property(anyColour, (colour) => {
        const { light, dark } = accentPalette(readableAccent(colour));
        const pairs = [
          ...["#f8f7f4", "#ffffff", light["accent-soft"]].map((ground) => [light.accent, ground] as const),
          ...["#101315", "#171b1e", dark["accent-soft"]].map((ground) => [dark.accent, ground] as const),
          ...[light, dark].flatMap((theme) => [
            [theme["on-accent"], theme.accent] as const,
            [theme["on-accent"], theme["accent-hover"]] as const,
          ]),
          ["#191d21", light["accent-soft"]] as const,
          ["#eceae5", dark["accent-soft"]] as const,
        ];
        for (const [front, back] of pairs)
          expect(contrast(front, back), `${front} on ${back}`).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
