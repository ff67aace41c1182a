import { describe, expect, it } from "vitest";

import { readSource, sourceFiles } from "../support/source-files";

const MAX_LINES = 250;

/** Data and tables, which nobody reads from top to bottom: the data model is looked up by name. */
const isData = (path: string) =>
  path.endsWith("package-lock.json") ||
  path.endsWith("/schema.prisma") ||
  path.startsWith("security/asvs/") ||
  path.startsWith("messages/") ||
  path === "docs/performance/results.json";

describe("files", () => {
  it(`have at most ${MAX_LINES} lines`, () => {
    const long = sourceFiles(/\.(?:ts|tsx|mjs|cjs|js|css|prisma|ya?ml|json)$/)
      .filter((path) => !isData(path))
      .map((path) => ({ path, lines: readSource(path).split("\n").length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES);

    expect(long).toEqual([]);
  });

  it("do not pile up where nothing belongs", () => {
    const heaps = sourceFiles(/(?:^|\/)(?:utils?|helpers?|services?|types|common|misc)(?:\/|\.tsx?$)/).filter(
      (path) => !path.startsWith("tests/"),
    );

    expect(heaps).toEqual([]);
  });
});
