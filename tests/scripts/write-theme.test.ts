import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

import { brand } from "@/brand";
import { accentObjection, themeCss, writeTheme } from "@/scripts/write-theme";
import { readSource } from "../support/source-files";

const folder = mkdtempSync(join(tmpdir(), "latchkey-theme-"));
mkdirSync(join(folder, "app"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("writeTheme", () => {
  it("would write what is there already: run npm run generate after a change of brand.ts", () => {
    writeTheme(folder);

    expect(readSource("app/theme.css")).toBe(themeCss(brand));
    expect(readSource("app/icon.svg")).toBe(readFileSync(join(folder, "app", "icon.svg"), "utf8"));
  });

  it("leaves a file alone that is right, so that no build and no reload follows from it", () => {
    const before = statSync(join(folder, "app", "theme.css"), { bigint: true }).mtimeNs;
    writeTheme(folder);
    expect(statSync(join(folder, "app", "theme.css"), { bigint: true }).mtimeNs).toBe(before);
  });

  it("writes another look, with a name that can't leave its element", () => {
    writeTheme(folder, { ...brand, name: "R&D </title><script>", accent: "#7C3AED" });

    expect(readFileSync(join(folder, "app", "theme.css"), "utf8")).toContain("--accent: #7c3aed;");
    expect(readFileSync(join(folder, "app", "icon.svg"), "utf8")).toContain(
      "<title>R&amp;D &lt;/title>&lt;script></title>",
    );
  });

  it("refuses an accent that can't be read, and names the nearest that can", () => {
    expect(() => writeTheme(folder, { ...brand, accent: "#ffcc00" })).toThrow(accentObjection("#ffcc00") ?? "");
    expect(accentObjection("#ffcc00")).toBe(
      "The accent #ffcc00 can't be read: words in it, or white words on it, have a contrast of less than 4.5:1 (WCAG 2.2 AA). The nearest that works is #876c00.",
    );
    expect(accentObjection("teal")).toBe("The accent teal is no colour in the form #rrggbb, such as #0d5266.");
  });
});
