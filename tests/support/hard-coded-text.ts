import ts from "typescript";

/** Text that stands in a page itself, with its line. */
export interface HardCoded {
  readonly place: string;
  readonly text: string;
}

/** The attributes whose value somebody reads or is read to. */
const SAID_ATTRIBUTES = new Set([
  ...["label", "title", "alt", "placeholder", "aria-label", "aria-description", "hint", "intro", "text", "heading"],
  ...["description", "summary", "confirmLabel", "note", "by"],
]);
/** The properties of a page's `metadata` that a browser shows. */
const SAID_METADATA = new Set(["title", "description"]);

const LETTER = /\p{L}/u;
/** `name` may be an identifier; `Your name` and `Name` are words. */
const WORDS = /\p{L}.*\s|\s.*\p{L}|\p{Lu}/u;
const ENTITY = /&#?\w+;/g;

/** What a file says in words of its own, instead of those of messages/. */
export function hardCodedTextIn(source: ts.SourceFile): HardCoded[] {
  const found: HardCoded[] = [];
  visit(source, (node, text) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ place: `${source.fileName}:${line + 1}`, text: text.replace(/\s+/g, " ").trim() });
  });
  return found;
}

function visit(node: ts.Node, report: (node: ts.Node, text: string) => void): void {
  if (ts.isJsxText(node)) {
    if (LETTER.test(node.text.replace(ENTITY, ""))) report(node, node.text);
  } else if (isSaid(node)) {
    for (const literal of literalsIn(node)) if (WORDS.test(literal)) report(node, literal);
  }
  ts.forEachChild(node, (child) => visit(child, report));
}

/** Whether what stands here is shown: an attribute's value, an expression between tags, a page's title. */
function isSaid(node: ts.Node): node is ts.Expression {
  const { parent } = node;
  if (!parent) return false;
  if (ts.isJsxAttribute(parent)) {
    return node === parent.initializer && ts.isStringLiteral(node) && SAID_ATTRIBUTES.has(parent.name.getText());
  }
  if (ts.isJsxExpression(parent) && node === parent.expression) {
    const { parent: holder } = parent;
    return ts.isJsxAttribute(holder) ? SAID_ATTRIBUTES.has(holder.name.getText()) : true;
  }
  if (!ts.isPropertyAssignment(parent) || node !== parent.initializer) return false;
  const declaration = parent.parent.parent;
  const isMetadata = ts.isVariableDeclaration(declaration) && declaration.name.getText() === "metadata";
  return isMetadata && SAID_METADATA.has(parent.name.getText());
}

/** The texts that an expression may be, as far as they are written in it. */
function literalsIn(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isTemplateExpression(expression)) {
    return [expression.head.text, ...expression.templateSpans.map(({ literal }) => literal.text)];
  }
  if (ts.isConditionalExpression(expression)) {
    return [...literalsIn(expression.whenTrue), ...literalsIn(expression.whenFalse)];
  }
  if (ts.isBinaryExpression(expression)) return [...literalsIn(expression.left), ...literalsIn(expression.right)];
  return ts.isParenthesizedExpression(expression) ? literalsIn(expression.expression) : [];
}
