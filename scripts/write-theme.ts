import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { brand } from "@/brand";
import { accentPalette, readableAccent } from "@/lib/accent-palette";
import { Failure } from "@/lib/failure";

/** As much of brand.ts as shows. */
export interface Look {
  readonly name: string;
  readonly accent: string;
  readonly radius: { readonly control: string; readonly card: string };
  readonly mark: string;
}

const HEX = /^#[0-9a-f]{6}$/i;

/**
 * Writes what follows from brand.ts, where it isn't there yet: app/theme.css and app/icon.svg.
 *
 * @throws Failure `accent_unreadable`
 */
export function writeTheme(root: string, look: Look = brand): void {
  const objection = accentObjection(look.accent);
  if (objection) throw new Failure("accent_unreadable", `brand.ts: ${objection}`);
  for (const [path, content] of [
    ["theme.css", themeCss(look)],
    ["icon.svg", iconSvg(look)],
  ] as const) {
    const file = join(root, "app", path);
    if (!existsSync(file) || readFileSync(file, "utf8") !== content) writeFileSync(file, content);
  }
}

/** Why an accent can't be used, with the nearest that can; null where it can. */
export function accentObjection(accent: string): string | null {
  if (!HEX.test(accent)) return `The accent ${accent} is no colour in the form #rrggbb, such as #0d5266.`;
  const readable = readableAccent(accent);
  if (readable === accent.toLowerCase()) return null;
  return `The accent ${accent} can't be read: words in it, or white words on it, have a contrast of less than 4.5:1 (WCAG 2.2 AA). The nearest that works is ${readable}.`;
}

/** The style sheet that app/globals.css imports. */
export function themeCss({ accent, radius }: Look): string {
  const { light, lightWithMoreContrast, dark } = accentPalette(accent);
  const declarations = (colours: object) => Object.entries(colours).map(([name, value]) => `--${name}: ${value};`);
  const block = (lines: readonly string[], indent: string) => lines.map((line) => `${indent}  ${line}\n`).join("");
  return `/* Written by scripts/write-theme.ts from brand.ts. Do not edit. */
:root {
${block(declarations(light), "")}
  --radius-control: ${radius.control};
  --radius-card: ${radius.card};
}

@media (prefers-color-scheme: dark) {
  :root {
${block(declarations(dark), "  ")}  }
}

@media (prefers-contrast: more) and (prefers-color-scheme: light) {
  :root {
${block(declarations(lightWithMoreContrast), "  ")}  }
}
`;
}

function iconSvg({ name, accent, mark }: Look): string {
  const title = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <title>${title}</title>
  <rect width="32" height="32" rx="8" fill="${accent}" />
  <path d="${mark}" fill="#fff" />
</svg>
`;
}
