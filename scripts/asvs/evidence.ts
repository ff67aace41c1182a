import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether a piece of evidence is there.
 *
 * @param evidence - `tests/a.test.ts > name of a test`, `docs/a.md#heading`, or the path of a file.
 * @returns What is missing, in words; null when it is all there.
 */
export function missingEvidence(root: string, evidence: string): string | null {
  const [path = "", name] = evidence.split(/ > (.*)/s);
  const [file = "", anchor] = path.split("#");
  if (!existsSync(join(root, file))) return `there is no ${file}`;
  const text = readFileSync(join(root, file), "utf8");
  if (name !== undefined && !namesOfTests(text).includes(name)) return `${file} has no test “${name}”`;
  if (anchor !== undefined && !anchorsOf(text).includes(anchor)) return `${file} has no heading #${anchor}`;
  return null;
}

/** What is given to `it`, `describe`, or to what `it.each(…)` returns, as it stands in the source. */
export function namesOfTests(source: string): string[] {
  const names =
    /(?:\b(?:it|describe|describeInBrowser)(?:\.concurrent)?|\))\(\s*(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)\s*,/g;
  return [...source.matchAll(names)].map(([, quoted, template]) => quoted ?? template ?? "");
}

/** Headings as GitHub names them. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-"),
  );
}
