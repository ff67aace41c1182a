import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { startEmbeddedPostgres } from "../../scripts/development/embedded-postgres";
import { applyMigrations } from "../../scripts/migrations/apply-migrations";
import { runStatement, withDatabase } from "./postgres";

/** Every test file's database is a copy of this one: migrated once, copied in milliseconds. */
const TEMPLATE_DATABASE = "latchkey_template";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's Postgres server: a URL to its maintenance database. */
    databaseServerUrl: string;
    /** The migrated database that `createDatabase` copies. */
    templateDatabase: string;
  }
}

/** Starts one throw-away Postgres for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-tests-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ dataDirectory: join(folder, "postgres"), durable: false });
    // Whatever ends the run early leaves no server behind.
    const kill = () => {
      try {
        process.kill(server.pid, "SIGQUIT");
      } finally {
        remove();
      }
    };
    process.once("exit", kill);
    const stop = async () => {
      process.off("exit", kill);
      await server.stop();
      remove();
    };
    try {
      await runStatement(server.url, `CREATE DATABASE ${TEMPLATE_DATABASE}`);
      await applyMigrations(withDatabase(server.url, TEMPLATE_DATABASE));
    } catch (error) {
      await stop();
      throw error;
    }
    project.provide("databaseServerUrl", server.url);
    project.provide("templateDatabase", TEMPLATE_DATABASE);
    return stop;
  } catch (error) {
    remove();
    throw error;
  }
}
