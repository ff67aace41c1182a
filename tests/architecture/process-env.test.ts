import { describe, expect, it } from "vitest";

import { readSource, sourceFiles } from "../support/source-files";

/** lib/env validates it; these run before or beside the app. */
const MAY_READ =
  /^(?:lib\/env\/env\.ts|scripts\/|tests\/|bench\/|(?:next|vitest|prisma)\.config\.ts$|instrumentation\.ts$)/;

/** NODE_ENV is no configuration: a build puts the constant in its place. */
const READ = /\bprocess\s*\.\s*env\b(?!\.NODE_ENV|\["NODE_ENV"\])|\bimport\.meta\.env\b/;

describe("process.env", () => {
  it("is read in lib/env only, where every value is checked", () => {
    const readers = sourceFiles(/\.(?:ts|tsx|mjs|cjs|js)$/).filter(
      (path) => !MAY_READ.test(path) && READ.test(codeOf(readSource(path))),
    );

    expect(readers).toEqual([]);
  });

  it("would be noticed", () => {
    for (const source of ["process.env.AUTH_SECRET", 'process.env["PORT"]', "const { env } = process.env;"]) {
      expect(READ.test(codeOf(source))).toBe(true);
    }
    for (const source of ['process.env["NODE_ENV"]', "// process.env", "/* process.env */"]) {
      expect(READ.test(codeOf(source))).toBe(false);
    }
  });
});

/** Without comments, which may well speak of it. */
function codeOf(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{}])\/\/.*$/gm, "");
}
