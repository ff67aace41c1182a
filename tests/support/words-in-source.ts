import ts from "typescript";

import { readSource, sourceFiles } from "./source-files";

/** Where the source says a message. */
export interface Use {
  readonly file: string;
  /** The area that its translator speaks for; null: the source doesn't tell at this place. */
  readonly area: string | null;
  /** A key in full, or with a star for each part that is put in. */
  readonly key: string;
}

/** The calls that make a translator of an area; the area is their last argument. */
const MAKERS = new Set(["getTranslations", "translatorFor"]);
const SAYS_FIELD_MESSAGES = "lib/i18n/field-message.ts";

/** Every source file that may say a message, parsed. */
export function parsedSources(): ts.SourceFile[] {
  return sourceFiles(/^(?:app|components|features|lib|providers)\/.*\.tsx?$|^(?:auth|middleware)\.ts$/).map((path) =>
    ts.createSourceFile(path, readSource(path), ts.ScriptTarget.Latest, true),
  );
}

/** Every message that these files say, and every place whose messages they hand to a form. */
export function usesIn(sources: readonly ts.SourceFile[]): { keys: Use[]; places: Use[] } {
  const found = { keys: [] as Use[], places: [] as Use[] };
  for (const source of sources) {
    // It says whichever a rule names: the rules do.
    if (source.fileName !== SAYS_FIELD_MESSAGES) collectUses(source, source.fileName, found);
  }
  return found;
}

function collectUses(node: ts.Node, file: string, found: { keys: Use[]; places: Use[] }): void {
  ts.forEachChild(node, (child) => collectUses(child, file, found));
  if (ts.isImportDeclaration(node)) {
    const [, place] = /^@\/messages\/en\/(\w+)\.json$/.exec((node.moduleSpecifier as ts.StringLiteral).text) ?? [];
    if (place) found.places.push({ file, area: null, key: place });
  }
  if (!ts.isCallExpression(node)) return;
  const callee = calledIn(node);
  if (!callee) return;
  const keys = node.arguments.flatMap(writtenIn);
  if (callee.text === "getWords" || callee.text === "wordsAt") {
    found.places.push(...keys.map((key) => ({ file, area: null, key })));
  } else if (callee.text === "fieldMessage") {
    found.keys.push(...keys.slice(0, 1).map((key) => ({ file, area: "rules", key: `fields.${key}` })));
  } else if (speaks(callee) && node.arguments[0]) {
    const area = areaOf(callee);
    found.keys.push(...writtenIn(node.arguments[0]).map((key) => ({ file, area, key })));
  }
}

/** Whose call it is: of `t("…")`, `t.rich("…")`, `reader.t("…")` and `reader.t.rich("…")` it is `t`. */
function calledIn({ expression }: ts.CallExpression): ts.Identifier | null {
  const isRich = ts.isPropertyAccessExpression(expression) && expression.name.text === "rich";
  const said = isRich ? expression.expression : expression;
  if (ts.isPropertyAccessExpression(said)) return ts.isIdentifier(said.name) ? said.name : null;
  return ts.isIdentifier(said) ? said : null;
}

/** The texts that an expression may be: both arms of a choice; a template with a star for each part that is put in. */
function writtenIn(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isTemplateExpression(expression)) {
    return [expression.head.text + expression.templateSpans.map(({ literal }) => `*${literal.text}`).join("")];
  }
  if (ts.isConditionalExpression(expression)) {
    return [...writtenIn(expression.whenTrue), ...writtenIn(expression.whenFalse)];
  }
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression))
    return writtenIn(expression.expression);
  return [];
}

/** Translators are called `t`, or are made or typed in the same file. */
const speaks = (callee: ts.Identifier) => callee.text === "t" || areaOf(callee) !== null;

/** The area of a translator, from the nearest declaration of its name. */
function areaOf(name: ts.Identifier): string | null {
  for (let scope: ts.Node = name.parent; scope; scope = scope.parent) {
    const areas = declarationsIn(scope).flatMap((declaration) =>
      ts.isIdentifier(declaration.name) && declaration.name.text === name.text ? areaGivenBy(declaration) : [],
    );
    if (areas[0] !== undefined) return areas[0];
  }
  return null;
}

function declarationsIn(scope: ts.Node): (ts.VariableDeclaration | ts.ParameterDeclaration)[] {
  if (ts.isFunctionLike(scope)) return [...scope.parameters];
  if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) return [];
  return scope.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => declarationList.declarations);
}

function areaGivenBy({ type, initializer }: ts.VariableDeclaration | ts.ParameterDeclaration): string[] {
  if (type && ts.isTypeReferenceNode(type) && type.typeName.getText() === "Translator") {
    const [argument] = type.typeArguments ?? [];
    return argument && ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal)
      ? [argument.literal.text]
      : [];
  }
  const made = initializer && ts.isAwaitExpression(initializer) ? initializer.expression : initializer;
  if (!made || !ts.isCallExpression(made) || !MAKERS.has(made.expression.getText())) return [];
  return made.arguments.slice(-1).flatMap(writtenIn);
}
