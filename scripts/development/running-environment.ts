import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { EnvironmentSchema } from "@/lib/env/schema";
import { holderOf } from "./claim-folder";

const DATA_FOLDER = ".data";
const FILE = "running.json";
const isOurs = (name: string) => name.startsWith("AUTH_") || name in EnvironmentSchema.shape;

/**
 * Notes with what configuration a start runs, for the commands beside it: its database and its mailbox have other ports each
 * time. Readable for this user alone, as .env.local is.
 *
 * @returns Removes the note.
 */
export function noteRunningEnvironment(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): () => void {
  const file = join(root, DATA_FOLDER, FILE);
  const ours = Object.fromEntries(Object.entries(environment).filter(([name, value]) => value && isOurs(name)));
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(ours), { mode: 0o600, flag: "wx" });
  return () => rmSync(file, { force: true });
}

/** With what `npm start` or `npm run dev` runs in this folder; null when neither does, whatever one that was killed left. */
export function runningEnvironment(root: string): Record<string, string> | null {
  const file = join(root, DATA_FOLDER, FILE);
  if (!existsSync(file) || holderOf(join(root, DATA_FOLDER)) === null) return null;
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
}
