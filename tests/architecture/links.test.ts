import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

import { ROOT, readSource, sourceFiles } from "../support/source-files";

const documents = sourceFiles(/^(?:docs\/.*|[^/]+)\.md$/);

/** `[words](target "title")`, `![words](target)`, `[name]: target`, and what HTML has of that. A target may hold parentheses. */
const LINKS = [
  /\]\(<?((?:[^()\s<>]|\([^()\s]*\))+)>?(?:\s+"[^"]*")?\)/g,
  /^\[[^\]]+\]:\s+(\S+)/gm,
  /\b(?:src|srcset|href)="([^"\s]+)"/g,
];
const ELSEWHERE = /^(?:[a-z][a-z+.-]*:|\/\/)/i;

const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]+`/g, "");

/** Where a document leads to in this repository, as it is written there. */
function linksOf(document: string): string[] {
  const text = withoutCode(readSource(document));
  const links = LINKS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, link = ""]) => link));
  return links.filter((link) => !ELSEWHERE.test(link));
}

/** The file that a link means, and the heading in it. */
function targetOf(document: string, link: string): { path: string; anchor: string | undefined } {
  const [path = "", anchor] = decodeURIComponent(link).split("#");
  return { path: path === "" ? document : normalize(join(dirname(document), path)).replace(/\/$/, ""), anchor };
}

/** The anchors that GitHub gives the headings of a document. */
function anchorsOf(document: string): string[] {
  const seen = new Map<string, number>();
  const headings = readSource(document)
    .replaceAll(/^```[\s\S]*?^```/gm, "")
    .matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  return [...headings].map(([, heading = ""]) => {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "").replaceAll(" ", "-");
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

/** What is wrong with a link; null when it leads somewhere. */
function problemOf(document: string, link: string): string | null {
  const { path, anchor } = targetOf(document, link);
  if (path.startsWith("..") || link.startsWith("/") || !existsSync(join(ROOT, path))) return `${link}: no such file`;
  if (anchor === undefined || !path.endsWith(".md")) return null;
  return anchorsOf(path).includes(anchor) ? null : `${link}: no such heading`;
}

/** What somebody finds who begins at a document and follows every link. */
function reachableFrom(document: string, reached = new Set<string>()): Set<string> {
  reached.add(document);
  for (const link of linksOf(document)) {
    const { path } = targetOf(document, link);
    if (documents.includes(path) && !reached.has(path)) reachableFrom(path, reached);
  }
  return reached;
}

describe("the documents", () => {
  it("are found", () => {
    expect(documents).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "SECURITY.md"]));
  });

  it.each(documents)("%s leads nowhere that isn't there", (document) => {
    const problems = linksOf(document).map((link) => problemOf(document, link));

    expect(problems.filter(Boolean)).toEqual([]);
  });

  it("are all found from the README", () => {
    const reached = reachableFrom("README.md");
    // The README leads to their folder.
    const isDecision = (document: string) => document.startsWith("docs/decisions/");

    expect(documents.filter((document) => !reached.has(document) && !isDecision(document))).toEqual([]);
  });
});
