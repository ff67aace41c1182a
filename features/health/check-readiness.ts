import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { findFinishedMigrations, pingDatabase } from "./data";

/** A balancer that has to wait longer than this for an answer should send its requests elsewhere. */
const READINESS_TIMEOUT_MS = 1_500;

/** What this instance needs and has not got. */
export type MissingPart = "database" | "schema";

/**
 * Whether this instance can serve: the database answers in time and has every migration of this version.
 *
 * Migrations beyond those do not count against it: while a newer version is being rolled out, the older instances must
 * go on serving.
 *
 * @param migrationsFolder - Where this version's migrations lie.
 * @returns What is missing; empty when ready.
 */
export async function checkReadiness(
  migrationsFolder = join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations"),
): Promise<MissingPart[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<MissingPart[]>((resolve) => {
    timer = setTimeout(() => resolve(["database"]), READINESS_TIMEOUT_MS);
  });
  const answer = Promise.race([findMissingParts(migrationsFolder), tooLate]);
  return await answer.finally(() => clearTimeout(timer));
}

async function findMissingParts(migrationsFolder: string): Promise<MissingPart[]> {
  try {
    await pingDatabase();
  } catch {
    return ["database"];
  }
  const [expected, finished] = await Promise.all([
    findMigrations(migrationsFolder),
    // The database answers, so what fails here is the table that it doesn't have.
    findFinishedMigrations().catch((): string[] => []),
  ]);
  return expected.every((name) => finished.includes(name)) ? [] : ["schema"];
}

async function findMigrations(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
