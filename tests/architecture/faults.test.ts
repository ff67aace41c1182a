import { describe, expect, it } from "vitest";

import { namesOfTests } from "@/scripts/asvs/evidence";
import { readSource, sourceFiles } from "../support/source-files";

const FAULTS = Array.from({ length: 24 }, (_, index) => `F${index + 1}`);
const faultsIn = (name: string) => [...name.matchAll(/\bF(?:[1-9]|1\d|2[0-4])\b/g)].map(([fault]) => fault);
const namedIn = (path: string) => new Set(namesOfTests(readSource(path)).flatMap(faultsIn));

/** The rows of the table: the fault, what is promised, and the files that show it. */
const rows = [...readSource("docs/faults.md").matchAll(/^\| (F\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(
  ([, fault = "", , promise = "", shownBy = ""]) => ({
    fault,
    promise,
    files: [...shownBy.matchAll(/\]\(\.\.\/(.+?)\)/g)].map(([, path = ""]) => path),
  }),
);

describe("docs/faults.md", () => {
  it("tells of each fault of the catalogue, once and in order, what is promised", () => {
    expect(rows.map(({ fault }) => fault)).toEqual(FAULTS);
    expect(rows.filter(({ promise }) => !promise.endsWith("."))).toEqual([]);
  });

  it("names only tests that are there, and whose names say the fault", () => {
    const silent = rows.flatMap(({ fault, files }) =>
      files.filter((path) => !namedIn(path).has(fault)).map((path) => `${path} has no test that names ${fault}`),
    );

    expect(rows.filter(({ files }) => files.length === 0)).toEqual([]);
    expect(silent).toEqual([]);
  });

  it("knows of each fault that a fault test names, and each fault test names one", () => {
    const unknown = sourceFiles(/^tests\/fault\/.+\.test\.ts$/).flatMap((path) => {
      const named = [...namedIn(path)];
      const untold = named.filter((fault) => !rows.find((row) => row.fault === fault)?.files.includes(path));
      return named.length === 0 ? [`${path} names no fault`] : untold.map((fault) => `${path}: ${fault}`);
    });

    expect(unknown).toEqual([]);
  });
});

describe("each fault test", () => {
  it("has the global invariants checked", () => {
    const unchecked = sourceFiles(/^tests\/fault\/.+\.test\.ts$/).filter(
      (path) => !/\b(?:holdAfterEachFault|brokenInvariants)\(/.test(readSource(path)),
    );

    expect(unchecked).toEqual([]);
  });
});
