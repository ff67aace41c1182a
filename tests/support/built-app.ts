import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./source-files";

/** A server action as the build names it. */
export interface BuiltAction {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** A page that holds it, as a path. */
  readonly page: string;
}

const read = <Content>(path: string) =>
  JSON.parse(readFileSync(join(ROOT, ".next", "server", path), "utf8")) as Content;

/** `/(account)/settings/page` → `/settings`; parameters stay as folders name them. */
function pathOf(entry: string): string {
  const path = entry.replace(/\/(?:page|route)$/, "").replaceAll(/\/\([^)]*\)/g, "");
  return path === "" ? "/" : path;
}

function entries(kind: "page" | "route"): string[] {
  const all = Object.keys(read<Record<string, string>>("app-paths-manifest.json"));
  return all.filter((entry) => entry.endsWith(`/${kind}`) && !entry.startsWith("/_")).map(pathOf);
}

/** The path of every page of the build: what is there, not what somebody remembered to list. */
export const builtPages = () => entries("page");

/** The path of every route handler of the build. */
export const builtRoutes = () => entries("route");

/** Every server action of the build. */
export function builtActions(): BuiltAction[] {
  const { node } = read<{
    node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
  }>("server-reference-manifest.json");
  return Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
    const [worker = "app/page"] = Object.keys(workers);
    return { id, name: exportedName, file: filename, page: pathOf(worker.replace(/^app/, "")) };
  });
}

/** A path with something in place of its parameters. */
export const filledIn = (path: string, value = "x") => path.replaceAll(/\[+(?:\.\.\.)?[^\]]+\]+/g, value);
