import type { Verdict } from "./attack";
import type { Outcome } from "./run-attacks";
import type { Target } from "./target";

/** What a run found, as it is written to `report.json`. */
export interface Report {
  readonly target: string;
  readonly instances: readonly string[];
  readonly beganAt: string;
  readonly tookMs: number;
  readonly counts: Readonly<Record<Verdict["outcome"], number>>;
  readonly attacks: readonly ReportedAttack[];
}

/** One line of a report. */
export interface ReportedAttack {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly outcome: Verdict["outcome"];
  /** What was seen, or why nothing could be. */
  readonly reason: string;
  /** The test of what can't be seen from outside. */
  readonly heldBy: string | null;
  readonly tookMs: number;
}

/** Sums a run up. */
export function makeReport(
  target: Pick<Target, "origin" | "addresses">,
  outcomes: readonly Outcome[],
  { beganAt, tookMs }: Pick<Report, "beganAt" | "tookMs">,
): Report {
  const attacks = outcomes.map(({ attack, verdict, tookMs: attackTookMs }) => {
    const { id, title, source, heldBy } = attack;
    return { id, title, source, outcome: verdict.outcome, reason: reasonOf(verdict), heldBy, tookMs: attackTookMs };
  });
  const counts = { held: 0, fell: 0, not_applicable: 0, broken: 0 };
  for (const { outcome } of attacks) counts[outcome] += 1;
  return { target: target.origin, instances: target.addresses, beganAt, tookMs, counts, attacks };
}

function reasonOf(verdict: Verdict): string {
  switch (verdict.outcome) {
    case "held":
      return "";
    case "fell":
      return verdict.saw;
    case "not_applicable":
    case "broken":
      return verdict.why;
  }
}

/** Nothing fell, and nothing is unknown for a reason of the kit's own. */
export function isClean({ counts }: Pick<Report, "counts">): boolean {
  return counts.fell === 0 && counts.broken === 0;
}

/** What each outcome is called. */
export const WORDS: Record<Verdict["outcome"], string> = {
  held: "held",
  fell: "FELL",
  not_applicable: "not applicable",
  broken: "BROKE OFF",
};

const ID_WIDTH = 5;
const OUTCOME_WIDTH = 16;

/** One line of the table. */
export function tableLine({
  id,
  outcome,
  title,
  reason,
}: Omit<ReportedAttack, "source" | "heldBy" | "tookMs">): string {
  const what = reason === "" ? title : `${title}: ${reason}`;
  return `${id.padEnd(ID_WIDTH)} ${WORDS[outcome].padEnd(OUTCOME_WIDTH)} ${what}`;
}

/** The sentence at the end. */
export function sentence({ counts, tookMs, attacks }: Report): string {
  const { held, fell, not_applicable: notApplicable, broken } = counts;
  const parts = [`${held} held`, `${fell} fell`, `${notApplicable} not applicable`];
  if (broken > 0) parts.push(`${broken} broke off`);
  return `${attacks.length} attacks in ${Math.round(tookMs / 1000)} s: ${parts.join(", ")}`;
}
