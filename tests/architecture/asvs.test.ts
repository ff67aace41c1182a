import { describe, expect, it } from "vitest";

import { type Answer, parseChecklist } from "@/scripts/asvs/checklist";
import { missingEvidence } from "@/scripts/asvs/evidence";
import { countsOf, scorecardPage } from "@/scripts/asvs/scorecard-page";
import { ROOT, readSource } from "../support/source-files";

const checklist = parseChecklist(readSource("security/asvs/checklist.csv"));
const answers = JSON.parse(readSource("security/asvs/answers.json")) as Record<string, Answer>;
const core = checklist.filter(({ group }) => group === "core");
const isTest = (evidence: string) => evidence.startsWith("tests/");
const isDocument = (evidence: string) => /^docs\/.+\.md/.test(evidence);
/** Those of whom this is true, by id. */
const idsWhere = (holds: (requirement: (typeof checklist)[number], answer: Answer) => boolean) =>
  checklist
    .filter((requirement) => {
      const answer = answers[requirement.id];
      return answer !== undefined && holds(requirement, answer);
    })
    .map(({ id }) => id);

describe("the ASVS scorecard", () => {
  it("answers each requirement of the checklist, once, and no other", () => {
    expect(core).toHaveLength(242);
    expect(Object.keys(answers).sort()).toEqual(checklist.map(({ id }) => id).sort());
  });

  it("names only evidence that is there: tests, headings, files", () => {
    const missing = Object.entries(answers).flatMap(([id, { evidence }]) =>
      evidence.flatMap((one) => missingEvidence(ROOT, one) ?? []).map((what) => `${id}: ${what}`),
    );

    expect(missing).toEqual([]);
  });

  it("shows each that is met: by a test what can be run, by a document what is to be written down", () => {
    const bare = idsWhere(({ shownBy }, { status, evidence }) => {
      if (status !== "met") return false;
      if (evidence.length === 0) return true;
      return (
        (shownBy.includes("run") && !evidence.some(isTest)) ||
        (shownBy.includes("document") && !evidence.some(isDocument))
      );
    });

    expect(bare).toEqual([]);
  });

  it("says why each other one isn't", () => {
    const silent = idsWhere((_, { status, how }) => status !== "met" && how.length < 20);

    expect(silent).toEqual([]);
  });

  it("counts each once", () => {
    const counted = countsOf(core, answers).map(({ counts, all }) => [
      counts.reduce((sum, some) => sum + some, 0),
      all,
    ]);

    expect(counted.map(([sum]) => sum)).toEqual(counted.map(([, all]) => all));
  });

  it("is what the page says (else run: npm run generate)", () => {
    expect(readSource("docs/security/asvs.md")).toBe(scorecardPage(checklist, answers));
  });
});

describe("missingEvidence", () => {
  it.each([
    ["tests/architecture/asvs.test.ts > missingEvidence", null],
    [
      "tests/architecture/asvs.test.ts > is no test of it",
      "tests/architecture/asvs.test.ts has no test “is no test of it”",
    ],
    ["tests/no-such.test.ts > anything", "there is no tests/no-such.test.ts"],
    ["docs/security/asvs.md#counts", null],
    ["docs/security/asvs.md#no-such-heading", "docs/security/asvs.md has no heading #no-such-heading"],
    ["lib/crypto/seal.ts", null],
    ["lib/no-such.ts", "there is no lib/no-such.ts"],
  ])("says of %s: %s", (evidence, missing) => {
    expect(missingEvidence(ROOT, evidence)).toBe(missing);
  });
});
