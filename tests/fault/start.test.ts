import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { freePort } from "@/scripts/development/free-port";
import { applyMigrations } from "@/scripts/migrations/apply-migrations";
import { migrationNames } from "@/scripts/migrations/migration-names";
import { holdAfterEachFault } from "../support/after-each-fault";
import { newDatabase, type TestDatabase } from "../support/database";
import { TEST_ENVIRONMENT } from "../support/environment";
import { type ServerInstances, startInstances } from "../support/server-instances";
import { ROOT } from "../support/source-files";

/** What no line may show. */
const MARKER = "hunter2";
const END_TIMEOUT_MS = 30_000;
const all = migrationNames(ROOT);
const newest = all.at(-1) ?? "";

const database = newDatabase();
/** This version's predecessor, as far as migrating goes. */
const older = mkdtempSync(join(tmpdir(), "latchkey-older-"));
let instances: ServerInstances;
/** What each of two that migrated at once has applied, of an empty schema and of an older one. */
let applied: string[][];

holdAfterEachFault(() => instances);
beforeAll(async () => {
  await database.create();
  await emptied(database);
  cpSync(join(ROOT, "prisma"), join(older, "prisma"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(older, "node_modules"));
  rmSync(join(older, "prisma", "migrations", newest), { recursive: true });
  const { url } = database;
  applied = [
    ...(await Promise.all([applyMigrations(url, older), applyMigrations(url, older)])),
    ...(await Promise.all([applyMigrations(url), applyMigrations(url)])),
  ];
  instances = await startInstances([{}, {}], () => url);
});
afterAll(async () => {
  await instances?.stop();
  await database.drop();
  rmSync(older, { recursive: true, force: true });
});

const emptied = ({ query }: TestDatabase) =>
  query("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO public");

/** Starts the server and waits for its end: it has to have one. */
async function startAndEnd(
  variables: Readonly<Record<string, string>>,
): Promise<{ exitCode: number | null; said: string[] }> {
  const port = String(await freePort());
  const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "scripts", "app-server.ts")], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "production",
      PORT: port,
      LATCHKEY_LOOPBACK_ONLY: "1",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const timer = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS);
  const [exitCode] = (await once(child, "close")) as [number | null];
  clearTimeout(timer);
  return { exitCode, said: said.trim().split("\n") };
}

describe("F18: two instances start together", () => {
  it("on an empty schema and on an older one, each migration is applied once, and both serve", () => {
    const [first = [], second = [], third = [], fourth = []] = applied;
    expect([...first, ...second].sort()).toEqual(all.slice(0, -1).sort());
    expect([...third, ...fourth]).toEqual([newest]);
    expect(instances.all).toHaveLength(2);
  });

  it.each([
    ["no schema", "the schema is missing. Run: npm run migrate", "ALTER TABLE _prisma_migrations RENAME TO kept"],
    [
      "an older schema",
      "the schema is older than this version. Run: npm run migrate",
      "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)",
    ],
    [
      "a newer schema",
      "the schema is newer than this version. Deploy the version that made it",
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ('newer', 'x', '99991231235959_from_the_future', now(), 1)`,
    ],
  ])("on %s it doesn't serve", async (_name, sentence, statement) => {
    await database.query(statement);
    try {
      const { exitCode, said } = await startAndEnd({ ...TEST_ENVIRONMENT, DATABASE_URL: database.url });
      expect({ exitCode, said }).toEqual({
        exitCode: 1,
        said: ["Latchkey does not start: the database can't be used.", `  - ${sentence}`],
      });
    } finally {
      await database.query("ALTER TABLE IF EXISTS kept RENAME TO _prisma_migrations");
      await database.query("UPDATE _prisma_migrations SET rolled_back_at = NULL");
      await database.query("DELETE FROM _prisma_migrations WHERE id = 'newer'");
    }
  });
});

describe("F23: started with what can't be right", () => {
  it("without variables, or with one that is none: a line for each, an exit, and no secret", async () => {
    const [nothing, invalid] = await Promise.all([
      startAndEnd({}),
      startAndEnd({ ...TEST_ENVIRONMENT, AUTH_SECRET: MARKER, SESSION_IDLE_TTL: MARKER, DATABASE_POOL_SIZE: MARKER }),
    ]);
    const names = ["DATABASE_URL", "AUTH_SECRET", "AUTH_URL", "EMAIL_SERVER", "EMAIL_FROM"];
    expect([nothing.exitCode, invalid.exitCode]).toEqual([1, 1]);
    expect(nothing.said.slice(1).map((line) => /^ {2}- (\w+): is not set/.exec(line)?.[1])).toEqual(names);
    const named = invalid.said.slice(1).map((line) => /^ {2}- (\w+): /.exec(line)?.[1]);
    expect(named.sort()).toEqual(["AUTH_SECRET", "DATABASE_POOL_SIZE", "SESSION_IDLE_TTL"]);
    expect(invalid.said.join()).not.toContain(MARKER);
  });

  it("with a wrong password for the database: one line, an exit, and not the password", async () => {
    const url = new URL(database.url);
    url.password = MARKER;
    const { exitCode, said } = await startAndEnd({ ...TEST_ENVIRONMENT, DATABASE_URL: url.href });
    expect(exitCode).toBe(1);
    expect(said).toEqual([
      "Latchkey does not start: the database can't be used.",
      expect.stringMatching(/^ {2}- DATABASE_URL: can't connect: 28P01 password authentication failed/),
    ]);
    expect(said.join()).not.toContain(MARKER);
  });

  it("with a mail server that is away: it serves, and what it has to mail waits", async () => {
    // All instances of these tests are started so: see EMAIL_SERVER in tests/support/environment.ts.
    expect(TEST_ENVIRONMENT.EMAIL_SERVER).toBe("smtp://127.0.0.1:1");
    const statuses = instances.all.map(async (instance) => (await instance.client().get("/readyz")).status);
    expect(await Promise.all(statuses)).toEqual([200, 200]);
  });
});
