import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { DARK_THEME, MAIL_COLOURS } from "@/features/mail/mail-styles";

const css = readFileSync(new URL("../../../app/globals.css", import.meta.url), "utf8");
const [light = "", dark = ""] = [...css.matchAll(/:root \{([^}]*)\}/g)].map((match) => match[1]);

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
