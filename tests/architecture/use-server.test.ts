import ts from "typescript";
import { describe, expect, it } from "vitest";

import { readSource, sourceFiles } from "../support/source-files";

const ACTIONS = /^app\/(?:.*\/)?actions\.ts$/;
const CODE = /^(?!tests\/).*\.(?:ts|tsx|mjs|js)$/;

/** The directive at the top of a file or of a function's body, wherever that function stands. */
function hasUseServer(source: ts.SourceFile): boolean {
  const isDirective = (node: ts.Node): boolean =>
    ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression) && node.expression.text === "use server";
  const visit = (node: ts.Node): boolean => isDirective(node) || (ts.forEachChild(node, visit) ?? false);
  return visit(source);
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

const modifiersOf = (node: ts.Node) =>
  ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []).map((modifier) => modifier.kind) : [];

/** Exported statements of a file that are neither async functions nor types. */
function badExports(source: ts.SourceFile): string[] {
  return source.statements
    .filter((statement) => {
      if (ts.isExportAssignment(statement)) return true;
      if (ts.isExportDeclaration(statement)) return !statement.isTypeOnly;
      if (!modifiersOf(statement).includes(ts.SyntaxKind.ExportKeyword)) return false;
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false;
      return !(ts.isFunctionDeclaration(statement) && modifiersOf(statement).includes(ts.SyntaxKind.AsyncKeyword));
    })
    .map((statement) => statement.getText(source).split("\n")[0] ?? "");
}

describe("use server", () => {
  it("stands in app/**/actions.ts alone: every export of such a file can be called by anybody", () => {
    const elsewhere = sourceFiles(CODE).filter(
      (path) => !ACTIONS.test(path) && hasUseServer(parse(path, readSource(path))),
    );

    expect(elsewhere).toEqual([]);
  });

  it.each(sourceFiles(ACTIONS))("%s begins with it, and exports async functions only", (path) => {
    const source = parse(path, readSource(path));
    const [first] = source.statements;

    expect(first?.getText(source)).toMatch(/^["']use server["'];?$/);
    expect(badExports(source)).toEqual([]);
  });

  it("would notice an action in another file, and an export that is no action", () => {
    expect(hasUseServer(parse("x.tsx", 'const f = async () => {\n  "use server";\n  return 1;\n};'))).toBe(true);
    expect(hasUseServer(parse("x.ts", '// "use server"\nconst text = "use server";'))).toBe(false);
    const exported =
      '"use server";\nexport const LIMIT = 3;\nexport function helper() {}\nexport async function act() {}\nexport * from "./x";\nexport type State = 1;';
    expect(badExports(parse("actions.ts", exported))).toEqual([
      "export const LIMIT = 3;",
      "export function helper() {}",
      'export * from "./x";',
    ]);
  });
});
