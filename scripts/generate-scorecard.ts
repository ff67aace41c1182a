import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Answer, parseChecklist } from "./asvs/checklist";
import { scorecardPage } from "./asvs/scorecard-page";

/** Rewrites docs/security/asvs.md from the checklist and our answers. */
export function generateScorecard(root: string): void {
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const answers = JSON.parse(read("security/asvs/answers.json")) as Record<string, Answer>;
  const page = scorecardPage(parseChecklist(read("security/asvs/checklist.csv")), answers);
  writeFileSync(join(root, "docs/security/asvs.md"), page);
}
