import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";

import type { Finding } from "@/scripts/doctor/check";
import { CHECKS } from "@/scripts/doctor/checks";
import { printReport } from "@/scripts/doctor/print";
import { type Outcome, runChecks } from "@/scripts/doctor/run-checks";
import { readSubject } from "@/scripts/doctor/subject";
import { ROOT } from "../../support/source-files";

type Variables = Readonly<Record<string, string>>;

/** What the doctor said. */
export interface Diagnosis {
  readonly stage: string;
  readonly problems: readonly string[];
  readonly hints: readonly string[];
  /** The fix of the first problem, with what is to be pasted. */
  readonly fix: string;
  /** Check → why it was not looked at. */
  readonly unseen: Readonly<Record<string, string>>;
  readonly outcomes: readonly Outcome[];
}

/** A folder with this version's migrations and nothing else, whatever runs in the checkout. */
export function useFolder(): string {
  const root = mkdtempSync(join(tmpdir(), "latchkey-doctor-"));
  symlinkSync(join(ROOT, "prisma"), join(root, "prisma"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** Has the doctor look at a set-up, and looks itself that no secret of it was told. */
export async function examine(
  root: string,
  variables: Variables,
  asked: { url?: URL; testMailTo?: string } = {},
): Promise<Diagnosis> {
  const subject = readSubject(root, variables, asked);
  const outcomes = await runChecks(CHECKS, subject);
  const findings = outcomes.flatMap((outcome) => (outcome.state === "looked_at" ? outcome.findings : []));
  const sentences = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).map(({ sentence }) => sentence);
  const first = findings.find(({ severity }) => severity === "problem");

  const said = JSON.stringify(outcomes) + printReport(outcomes, { stage: subject.stage, address: null }, false);
  for (const secret of secretsOf(variables)) expect(said).not.toContain(secret);
  return {
    outcomes,
    stage: subject.stage,
    problems: sentences("problem"),
    hints: sentences("hint"),
    fix: [first?.fix, ...(first?.paste ?? [])].filter(Boolean).join(" "),
    unseen: Object.fromEntries(
      outcomes.flatMap((outcome) => (outcome.state === "not_looked_at" ? [[outcome.name, outcome.reason]] : [])),
    ),
  };
}

function secretsOf(variables: Variables): string[] {
  const named = Object.entries(variables).flatMap(([name, value]) =>
    name.endsWith("_SECRET") ? value.split(",") : [],
  );
  const inUrls = Object.values(variables).flatMap((value) => (URL.canParse(value) ? new URL(value).password : []));
  return [...named, ...inUrls].filter(Boolean);
}
