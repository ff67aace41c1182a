import { describe, expect, it } from "vitest";

import { readSource, sourceFiles } from "../support/source-files";

/** lib/env validates it; these run before or beside the app. */
const MAY_READ = /^(?:lib\/env\/env\.ts|scripts\/|tests\/|(?:next|vitest|prisma)\.config\.ts$|instrumentation\.ts$)/;

describe("process.env", () => {
  it("is read in lib/env only, where every value is checked", () => {
    const readers = sourceFiles(/\.(?:ts|tsx|mjs|cjs|js)$/).filter(
      (path) => !MAY_READ.test(path) && /\bprocess\s*\.\s*env\b|\bimport\.meta\.env\b/.test(codeOf(readSource(path))),
    );

    expect(readers).toEqual([]);
  });
});

/** Without comments, which may well speak of it. */
function codeOf(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{}])\/\/.*$/gm, "");
}
