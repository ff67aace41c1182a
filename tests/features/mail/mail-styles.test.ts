import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { DARK_THEME, MAIL_COLOURS } from "@/features/mail/mail-styles";

const themesOf = (file: string) =>
  [...readFileSync(new URL(`../../../app/${file}`, import.meta.url), "utf8").matchAll(/:root \{([^}]*)\}/g)].map(
    ([, block = ""]) => block,
  );
const [light, dark] = [0, 1].map((theme) =>
  ["globals.css", "theme.css"].map((file) => themesOf(file)[theme]).join(""),
) as [string, string];

describe("MAIL_COLOURS", () => {
  // Their contrast is held by tests/components/tokens.test.ts.
  it.each([
    ["light", MAIL_COLOURS.light, light],
    ["dark", MAIL_COLOURS.dark, dark],
  ])("are those of the pages: %s", (_, colours, tokens) => {
    for (const [name, value] of Object.entries(colours)) expect(tokens).toContain(`--${name}: ${value};`);
  });
});

describe("DARK_THEME", () => {
  it("can be written into a page as it stands", () => {
    expect(DARK_THEME).not.toMatch(/[<&]/);
  });
});
