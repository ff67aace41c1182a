import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import { describe, expect, it } from "vitest";

import { NO_PAGE_POLICY, pagePolicy } from "@/scripts/server/content-security-policy";

const PAGE = { development: false, frames: false, formTargets: ["https://github.com"] };

/** What Google's evaluator finds of medium severity or above, sure or possible. Strict-CSP notes and hints are not among it. */
function findings(policy: string): string[] {
  const found = new CspEvaluator(new CspParser(policy).csp).evaluate();
  const bad = [Severity.HIGH, Severity.SYNTAX, Severity.MEDIUM, Severity.HIGH_MAYBE, Severity.MEDIUM_MAYBE];
  return found
    .filter(({ severity }) => bad.includes(severity))
    .map(({ directive, description }) => `${directive}: ${description}`);
}

describe("the policies (A81)", () => {
  it("leave csp_evaluator nothing of medium severity to say", () => {
    expect(findings(pagePolicy(PAGE))).toEqual([]);
    expect(findings(pagePolicy({ ...PAGE, frames: true }))).toEqual([]);
    expect(findings(NO_PAGE_POLICY)).toEqual([]);
  });

  it("are held against an evaluator that would say it", () => {
    expect(findings("script-src 'unsafe-inline' *").length).toBeGreaterThan(0);
    expect(findings(pagePolicy(PAGE).replace("base-uri 'none'; ", "")).length).toBeGreaterThan(0);
    expect(
      findings(
        pagePolicy(PAGE)
          .replace("script-src", "script-src 'unsafe-inline' http:")
          .replace(/'nonce[^']*' 'strict-dynamic'/, ""),
      ).length,
    ).toBeGreaterThan(0);
  });

  it("name the places that a form may lead to", () => {
    expect(pagePolicy(PAGE)).toContain("; form-action 'self' https://github.com; ");
    expect(pagePolicy({ ...PAGE, formTargets: [] })).toContain("; form-action 'self'; ");
  });

  it("let a page with mails in it frame its own site, and no other page anything", () => {
    expect(pagePolicy({ ...PAGE, frames: true })).toContain("; frame-src 'self'; ");
    expect(pagePolicy(PAGE)).toContain("; frame-src 'none'; ");
  });
});
