import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The blocks of a style sheet: light, dark, and what each has in place of that for whoever asks for more contrast. */
const themesOf = (file: string) =>
  [...readFileSync(new URL(`../../app/${file}`, import.meta.url), "utf8").matchAll(/:root \{([^}]*)\}/g)].map(
    ([, block = ""]) => block,
  );
const [light, dark, moreLight, moreDark] = [0, 1, 2, 3].map((theme) =>
  ["globals.css", "theme.css"].map((file) => themesOf(file)[theme]).join(""),
) as [string, string, string, string];

const WORDS = 4.5;
const EDGES = 3;
/** WCAG 2.2 AAA, 1.4.6. */
const MORE: Readonly<Record<number, number>> = { [WORDS]: 7, [EDGES]: 4.5 };

/** What stands on what. WCAG 2.2: 1.4.3 for words, 1.4.11 for the edges of controls and for focus rings. */
const PAIRS: readonly [foreground: string, background: string, atLeast: number][] = [
  ...["foreground", "muted", "accent", "danger", "success"].flatMap((token): [string, string, number][] => [
    [token, "background", WORDS],
    [token, "surface", WORDS],
  ]),
  ["on-accent", "accent", WORDS],
  ["on-accent", "accent-hover", WORDS],
  ["accent", "accent-soft", WORDS],
  ...["accent-soft", "danger-soft", "success-soft"].map((soft): [string, string, number] => [
    "foreground",
    soft,
    WORDS,
  ]),
  ["danger", "danger-soft", EDGES],
  ["success", "success-soft", EDGES],
  ...["border-strong", "ring"].flatMap((token): [string, string, number][] => [
    [token, "background", EDGES],
    [token, "surface", EDGES],
  ]),
];

function colours(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe("the colour tokens", () => {
  it("name the same colours in both themes", () => {
    expect([...colours(dark).keys()]).toEqual([...colours(light).keys()]);
  });

  it.each([
    ["light", light, moreLight],
    ["dark", dark, moreDark],
  ])("name no others for more contrast: %s", (_theme, usual, more) => {
    expect(colours(more).size).toBeGreaterThan(5);
    expect([...colours(more).keys()].filter((name) => !colours(usual).has(name))).toEqual([]);
  });

  const inPlace = (usual: string, more: string) => new Map([...colours(usual), ...colours(more)]);
  describe.each([
    ["light", colours(light), 0],
    ["dark", colours(dark), 0],
    ["light one with more contrast", inPlace(light, moreLight), 1],
    ["dark one with more contrast", inPlace(dark, moreDark), 1],
  ] as const)("in the %s", (_theme, tokens, isMore) => {
    it.each(PAIRS)("show %s on %s with a contrast of at least %d:1", (foreground, background, least) => {
      const [front = "", back = ""] = [tokens.get(foreground), tokens.get(background)];

      expect(front).toMatch(/^#/);
      expect(back).toMatch(/^#/);
      expect(contrast(front, back)).toBeGreaterThanOrEqual((isMore && MORE[least]) || least);
    });
  });
});
