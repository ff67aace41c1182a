import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DiffTarget } from "@prisma/schema-engine-wasm";

import { startEmbeddedPostgres } from "./development/embedded-postgres";
import { applyMigrations } from "./migrations/apply-migrations";
import { openMigrator } from "./migrations/engine";
import { migrationNames } from "./migrations/migration-names";

/**
 * `npm run migration -- add-nickname`: writes the SQL that leads from the last migration's schema to prisma/schema.prisma
 * into a new folder of prisma/migrations, then tries all migrations on an empty database. Read it before you commit it.
 */
export default async function migration([name]: string[]): Promise<number> {
  if (!name || !/^[a-z][a-z0-9-]{2,60}$/.test(name)) {
    process.stderr.write("Name the change in lower case, such as: npm run migration -- add-nickname\n");
    return 1;
  }
  const root = process.cwd();
  const scratch = mkdtempSync(join(tmpdir(), "latchkey-migration-"));
  const postgres = await startEmbeddedPostgres({ dataDirectory: scratch, durable: false });
  try {
    const sql = await changesSinceLastMigration(root, postgres.url);
    if (sql === null) {
      process.stdout.write("The schema is what the migrations make already: nothing to write.\n");
      return 0;
    }
    const folder = write(root, name, sql);
    await applyMigrations(postgres.url, root);
    process.stdout.write(`Wrote ${join(folder, "migration.sql")}; all migrations ran on an empty database.\n`);
    return 0;
  } finally {
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Each migration's folder keeps the schema that it leads to, so that a difference needs no database to be read back. */
async function changesSinceLastMigration(root: string, databaseUrl: string): Promise<string | null> {
  const { engine, schema, close } = await openMigrator(root, databaseUrl);
  const last = migrationNames(root).at(-1);
  const snapshot = last && join(root, "prisma", "migrations", last, "schema.prisma");
  const from: DiffTarget =
    snapshot && existsSync(snapshot)
      ? { tag: "schemaDatamodel", files: [{ path: snapshot, content: readFileSync(snapshot, "utf8") }] }
      : { tag: "empty" };
  const to: DiffTarget = { tag: "schemaDatamodel", files: [schema] };
  const filters = { externalTables: [], externalEnums: [] };
  const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters }).finally(close);
  return stdout?.includes("This is an empty migration") ? null : (stdout ?? null);
}

function write(root: string, name: string, sql: string): string {
  const stamp = new Date().toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
  const folder = join("prisma", "migrations", `${stamp}_${name.replaceAll("-", "_")}`);
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, "migration.sql"), sql);
  copyFileSync(join(root, "prisma", "schema.prisma"), join(root, folder, "schema.prisma"));
  return folder;
}
