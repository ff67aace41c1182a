import ts from "typescript";
import { describe, expect, it } from "vitest";

import { accessPolicy, accessRuleFor } from "@/access";
import { readSource, sourceFiles } from "../support/source-files";

/** Answers 404 to everybody, which is what a path without a row has to do. */
const REFUSES_EVERYTHING = "app/api/[[...unknown]]/route.ts";

/** Actions beside gated pages that ask for no session, and why that is right. */
const HARMLESS_ACTIONS: Record<string, readonly string[]> = {
  // Signing out is for everybody: whoever has no session stays signed out.
  "app/(account)/actions.ts": ["signOutAction"],
};

/** The path that a file under app/ answers, or stands below: groups such as `(auth)` are not part of it. */
function pathOf(file: string): string {
  const folders = file.split("/").slice(1, -1);
  return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join("/")}`;
}

const isPrivate = (file: string) => /\/_[^/]+\//.test(file);
const pages = sourceFiles(/^app\/(?:.*\/)?page\.tsx$/).filter((file) => !isPrivate(file));
const routes = sourceFiles(/^app\/(?:.*\/)?route\.tsx?$/).filter(
  (file) => !isPrivate(file) && file !== REFUSES_EVERYTHING,
);
const actions = sourceFiles(/^app\/(?:.*\/)?actions\.ts$/);

const isGated = (file: string) => {
  const rule = accessRuleFor(pathOf(file));
  return rule !== null && rule.access !== "public";
};

/** The gate knows no role of whoever comes with an access token. */
const asksForRole = (file: string) => {
  const rule = accessRuleFor(pathOf(file));
  return rule !== null && typeof rule.access === "object";
};

/** Calls of a function that turns away whoever may not: requireSession, requireRole, … */
const asks = (source: string) => /\brequire[A-Z]\w*\(/.test(source);

function exportedFunctions(file: string): { name: string; body: string }[] {
  const source = ts.createSourceFile(file, readSource(file), ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(ts.isFunctionDeclaration)
    .filter((node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .map((node) => ({ name: node.name?.text ?? "", body: node.body?.getText(source) ?? "" }));
}

/** The pages that a file of actions stands beside or above. */
const pagesBelow = (file: string) => pages.filter((page) => page.startsWith(file.slice(0, -"actions.ts".length)));

describe("the access policy", () => {
  it.each([...pages, ...routes])("has a row for %s", (file) => {
    expect(accessRuleFor(pathOf(file))).not.toBeNull();
  });

  it("has no row for nothing", () => {
    const answered = [...pages, ...routes].map((file) => accessRuleFor(pathOf(file))?.path);

    expect(accessPolicy.map(({ path }) => path).filter((path) => !answered.includes(path))).toEqual([]);
  });

  it("has each path once, and no row that an earlier one hides", () => {
    for (const rule of accessPolicy) expect(accessRuleFor(rule.path.replace("/**", "/x"))).toBe(rule);
  });

  it("lets nobody in where it has no row", () => {
    for (const path of [
      "/nothing",
      "/dashboard/more",
      "/api",
      "/api/nothing",
      "/api/me/more",
      "/_request",
      "/(auth)",
    ]) {
      expect([path, accessRuleFor(path)]).toEqual([path, null]);
    }
    expect(accessRuleFor("/api/[[...unknown]]")).toBeNull();
  });
});

describe("behind the gate", () => {
  it.each([...pages, ...routes].filter(isGated))("%s asks for the session itself", (file) => {
    expect(asks(readSource(file))).toBe(true);
  });

  it.each([...pages, ...routes].filter(asksForRole))("%s asks for the role itself", (file) => {
    expect(readSource(file)).toMatch(/\b(?:requireRole|requireApiRole)\(/);
  });

  it.each(actions)("%s stands beside a page with a row", (file) => {
    expect(pagesBelow(file).filter((page) => accessRuleFor(pathOf(page)))).not.toEqual([]);
  });

  it.each(actions.filter((file) => pagesBelow(file).every(isGated)))(
    "each action of %s asks for the session itself",
    (file) => {
      const silent = exportedFunctions(file).filter(
        ({ name, body }) => !asks(body) && !HARMLESS_ACTIONS[file]?.includes(name),
      );

      expect(silent.map(({ name }) => name)).toEqual([]);
    },
  );
});
