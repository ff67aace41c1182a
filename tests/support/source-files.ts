import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const NOT_OURS = new Set([".data", ".git", ".next", "coverage", "generated", "node_modules"]);

/**
 * Every file of the repository that people wrote, sorted.
 *
 * @param pattern - What a path must match, relative to the root, with forward slashes.
 */
export function sourceFiles(pattern: RegExp): string[] {
  return listFolder("")
    .filter((path) => pattern.test(path))
    .sort();
}

function listFolder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : listFolder(path);
    return entry.isFile() ? [path] : [];
  });
}

/** The text of a file of the repository. */
export function readSource(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
