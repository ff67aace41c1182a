import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { whatIsKept, whatTheSiteKeeps } from "@/features/clean-up/what-is-kept";
import { inEnglish } from "../support/in-english";
import { schemaModels } from "../support/schema";

const lines = [...whatIsKept(inEnglish("account"), "en"), ...whatTheSiteKeeps()];

describe("A98: what is kept, and for how long", () => {
  it("is said of every table of the schema, once", () => {
    expect(lines.flatMap(({ tables }) => tables).toSorted()).toEqual(
      schemaModels()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it("is said in docs/privacy.md as on the pages", () => {
    const guide = readFileSync("docs/privacy.md", "utf8");

    expect(guide.split("\n").filter((row) => row.endsWith("` |"))).toEqual(
      lines.map(({ what, until, tables }) => `| ${what} | ${until} | \`${tables.join(", ")}\` |`),
    );
  });
});
