import pg from "pg";

import { Failure } from "@/lib/failure";
import { openMigrator } from "./engine";

/** Any number, the same in every instance: whoever holds it migrates, the others wait. */
const ADVISORY_LOCK = 5_713_204_119;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Brings a database to the schema of prisma/migrations. Safe to run twice and at once.
 *
 * @returns The names of the migrations that this call applied.
 * @throws Failure `database_unavailable`, or `migration_failed` with what PostgreSQL said.
 */
export async function applyMigrations(databaseUrl: string, root = process.cwd()): Promise<string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  try {
    await lock.connect();
  } catch (cause) {
    throw new Failure("database_unavailable", `The database of DATABASE_URL can't be reached: ${reasonOf(cause)}`, {
      cause,
    });
  }
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
    return await apply(root, databaseUrl);
  } catch (cause) {
    throw new Failure("migration_failed", `The migration failed: ${reasonOf(cause)}`, { cause });
  } finally {
    // Ends the session, and with it the lock.
    await lock.end();
  }
}

async function apply(root: string, databaseUrl: string): Promise<string[]> {
  const { engine, migrationsList, close } = await openMigrator(root, databaseUrl);
  try {
    const filters = { externalTables: [], externalEnums: [] };
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    return appliedMigrationNames;
  } finally {
    await close();
  }
}

/** What the server said, without the connection string and without the engine's trace. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as { code?: unknown };
  const [message = ""] = cause.message.split(/\n[ \t]+0: /);
  return [typeof code === "string" ? code : "", message].filter(Boolean).join(" ");
}
