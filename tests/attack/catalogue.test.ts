import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { catalogue } from "@/attack/catalogue";
import { ROOT, readSource } from "../support/source-files";

describe("the attack catalogue", () => {
  it("has each attack once, A1 to A102, in order", () => {
    expect(catalogue.map(({ id }) => id)).toEqual(Array.from({ length: 102 }, (_, index) => `A${index + 1}`));
  });

  it("names, for what can't be seen from outside, a test that there is and that names the attack", () => {
    const wrong = catalogue.flatMap(({ id, heldBy }) => {
      if (heldBy === null) return [];
      if (!existsSync(join(ROOT, heldBy))) return [`${id}: there is no ${heldBy}`];
      return new RegExp(`\\b${id}\\b`).test(readSource(heldBy)) ? [] : [`${id}: ${heldBy} doesn't name it`];
    });

    expect(wrong).toEqual([]);
  });
});
