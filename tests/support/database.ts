import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";

import { runStatement, withDatabase } from "./postgres";

/** A database of its own for one test file or one server. */
export interface TestDatabase {
  readonly url: string;
  /** Creates it as a copy of the migrated template. */
  create(): Promise<void>;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
  /** Runs one statement in it, past the application. */
  query: <Row extends Record<string, unknown>>(statement: string, values?: readonly unknown[]) => Promise<Row[]>;
}

/** Names a new database on the run's server; `create()` makes it. */
export function newDatabase(): TestDatabase {
  const server = inject("databaseServerUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = withDatabase(server, name);
  return {
    url,
    create: async () => {
      await runStatement(server, `CREATE DATABASE ${name} TEMPLATE ${inject("templateDatabase")}`);
    },
    drop: async () => {
      await runStatement(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
    query: (statement, values) => runStatement(url, statement, values),
  };
}

/**
 * Gives this test file an empty, migrated database, which `db()` connects to. Call it at the top of the file or of a
 * `describe`, before anything reads the configuration.
 */
export function useDatabase(): TestDatabase {
  const database = newDatabase();
  process.env["DATABASE_URL"] = database.url;
  beforeAll(() => database.create());
  afterAll(async () => {
    const shared = globalThis as { latchkeyDatabase?: { $disconnect(): Promise<void> } };
    await shared.latchkeyDatabase?.$disconnect();
    delete shared.latchkeyDatabase;
    await database.drop();
  });
  return database;
}
