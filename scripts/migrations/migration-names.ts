import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Where migrations are, below the project's folder. */
export const MIGRATIONS = join("prisma", "migrations");

/** The names of the migrations in prisma/migrations, oldest first. */
export function migrationNames(root: string): string[] {
  return readdirSync(join(root, MIGRATIONS), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
