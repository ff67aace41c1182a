import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

import { ROOT, readSource, sourceFiles } from "../support/source-files";

// Nothing but JavaScript: no Java, and no program of one machine.
process.env["RECHECK_BACKEND"] = "pure";
const { checkSync } = await import("recheck");
const { version } = JSON.parse(readFileSync(join(ROOT, "node_modules", "recheck", "package.json"), "utf8")) as {
  version: string;
};

const TIMEOUT_MS = 60_000;
/** Judging one takes up to a second: what is safe stays safe until the judge changes. */
const SAFE = join(ROOT, "node_modules", ".cache", "latchkey", `recheck-${version}.json`);

interface Found {
  readonly literals: Map<string, string>;
  readonly built: string[];
}

/** Every regular expression of the app and of its commands. */
function findExpressions(): Found {
  const found: Found = { literals: new Map(), built: [] };
  for (const path of sourceFiles(/^(?!tests\/|bench\/|attack\/|next-env).*\.(?:tsx?|mjs|cjs)$/)) {
    collect(ts.createSourceFile(path, readSource(path), ts.ScriptTarget.Latest, true), path, found);
  }
  return found;
}

function collect(node: ts.Node, path: string, found: Found): void {
  if (ts.isRegularExpressionLiteral(node)) found.literals.set(node.text, path);
  const isMade = (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === "RegExp";
  if (isMade) found.built.push(`${path}: ${node.arguments?.map((argument) => argument.getText()).join(", ")}`);
  ts.forEachChild(node, (child) => collect(child, path, found));
}

function verdictOn(literal: string): string {
  const [, source = "", flags = ""] = /^\/(.*)\/(\w*)$/s.exec(literal) ?? [];
  const { status } = checkSync(source, flags, { timeout: TIMEOUT_MS });
  return status;
}

function readSafe(): Set<string> {
  try {
    return new Set(JSON.parse(readFileSync(SAFE, "utf8")) as string[]);
  } catch {
    return new Set();
  }
}

describe("regular expressions (A88)", () => {
  const { literals, built } = findExpressions();

  it("take no longer than their input is long, whatever it is", { timeout: 180_000 }, () => {
    const safe = readSafe();
    const judged = [...literals]
      .filter(([literal]) => !safe.has(literal))
      .map(([literal, path]) => ({ path, literal, verdict: verdictOn(literal) }));
    const unsafe = judged.filter(({ verdict }) => verdict !== "safe");
    mkdirSync(join(SAFE, ".."), { recursive: true });
    const known = [...literals.keys()].filter((literal) => !unsafe.some((other) => other.literal === literal));
    writeFileSync(SAFE, JSON.stringify(known));

    expect(literals.size).toBeGreaterThan(70);
    expect(unsafe).toEqual([]);
  });

  it("are made of constants only, where they are not written out", () => {
    const ofConstants = /^[^:]+: `[^`$]*(?:\$\{[A-Z_]+(?:\.\w+)?\}[^`$]*)*\$?`(?:, "[a-z]*")?$/;

    expect(built.filter((made) => !ofConstants.test(made))).toEqual([]);
  });

  it("would be found out", () => {
    expect(verdictOn("/^(a+)+$/")).toBe("vulnerable");
    expect(verdictOn("/\\s+$/")).toBe("vulnerable");
  });
});
