import { styleText } from "node:util";

import { oneLine } from "@/lib/one-line";
import type { Finding } from "./check";
import type { Outcome } from "./run-checks";
import type { Stage } from "./subject";

const MAX_LINE = 500;
const WHERE: Readonly<Record<Stage, string>> = {
  configured: "the environment and .env.local",
  running_here: "what `npm start` runs with in this folder",
  stopped_here: "the environment and .env.local",
  untouched: "the environment",
};

type Mark = "good" | "problem" | "hint" | "not_looked_at" | "not_used";
const SIGNS: Readonly<Record<Mark, readonly [sign: string, colour: "green" | "red" | "yellow" | "dim"]>> = {
  good: ["✓", "green"],
  problem: ["✗", "red"],
  hint: ["!", "yellow"],
  not_looked_at: ["–", "dim"],
  not_used: ["·", "dim"],
};

/** What is told beside the outcomes. */
export interface Heading {
  readonly stage: Stage;
  readonly address: string | null;
}

/**
 * The report for people.
 *
 * @param coloured - Only for a terminal.
 */
export function printReport(outcomes: readonly Outcome[], { stage, address }: Heading, coloured: boolean): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const indent = " ".repeat(width + 4);
  const style = (colour: Parameters<typeof styleText>[0], text: string) =>
    coloured ? styleText(colour, text, { validateStream: false }) : text;
  const lines = outcomes.flatMap((outcome) => {
    const rows = rowsOf(outcome);
    return rows.flatMap(({ mark, text, more }, index) => {
      const [sign, colour] = SIGNS[mark];
      const name = index === 0 ? outcome.name.padEnd(width) : " ".repeat(width);
      const body = mark === "not_looked_at" || mark === "not_used" ? style("dim", text) : text;
      return [`${style(colour, sign)} ${name}  ${body}`, ...more.map((line) => indent + line)];
    });
  });
  const examined = `Read from ${WHERE[stage]}.${address ? ` Asked ${address}.` : ""}`;
  return `${[style("dim", examined), "", ...lines, "", conclusion(outcomes)].join("\n")}\n`;
}

interface Row {
  readonly mark: Mark;
  readonly text: string;
  readonly more: readonly string[];
}

function rowsOf(outcome: Outcome): Row[] {
  if (outcome.state !== "looked_at") {
    const { state, reason } = outcome;
    return [{ mark: state, text: state === "not_used" ? reason : `Not looked at. ${reason}`, more: [] }];
  }
  if (outcome.findings.length === 0) return [{ mark: "good", text: "In order.", more: [] }];
  return outcome.findings.map(({ severity, sentence, fix, paste }: Finding) => ({
    mark: severity,
    text: oneLine(sentence, MAX_LINE),
    more: [
      ...(fix ? [`→ ${oneLine(fix, MAX_LINE)}`] : []),
      ...(paste ?? []).map((line) => `  ${oneLine(line, MAX_LINE)}`),
    ],
  }));
}

function conclusion(outcomes: readonly Outcome[]): string {
  const problems = countOf(outcomes, "problem");
  const unseen = outcomes.filter(({ state }) => state === "not_looked_at").length;
  const rest = unseen > 0 ? ` Not looked at: ${unseen}.` : "";
  if (problems > 0) return `To mend: ${problems}.${rest}`;
  return `${unseen > 0 ? "Nothing to mend in what was looked at." : "Nothing to mend."}${rest}`;
}

/** How many findings of a kind there are. */
export function countOf(outcomes: readonly Outcome[], severity: Finding["severity"]): number {
  return outcomes
    .flatMap((outcome) => (outcome.state === "looked_at" ? outcome.findings : []))
    .filter((finding) => finding.severity === severity).length;
}
