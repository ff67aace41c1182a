import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";

import { checkReadiness } from "@/features/health/check-readiness";
import { useDatabase } from "../../support/database";

const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), "latchkey-readiness-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The same function over a database at another address. */
async function checkReadinessOf(databaseUrl: string): Promise<unknown> {
  const shared = globalThis as { latchkeyDatabase?: { $disconnect(): Promise<void> } };
  const kept = shared.latchkeyDatabase;
  delete shared.latchkeyDatabase;
  vi.resetModules();
  const keptUrl = process.env["DATABASE_URL"];
  process.env["DATABASE_URL"] = databaseUrl;
  try {
    const fresh = await import("@/features/health/check-readiness");
    return await fresh.checkReadiness();
  } finally {
    await (
      shared as typeof shared & { latchkeyDatabase?: { $disconnect(): Promise<void> } }
    ).latchkeyDatabase?.$disconnect();
    if (kept) shared.latchkeyDatabase = kept;
    if (keptUrl) process.env["DATABASE_URL"] = keptUrl;
  }
}

describe("checkReadiness", () => {
  it("is ready with every migration of this version", async () => {
    expect(await checkReadiness()).toEqual([]);
  });

  it("misses a migration that the database has not had", async () => {
    mkdirSync(join(folder, "20990101000000_later"), { recursive: true });
    writeFileSync(join(folder, "migration_lock.toml"), "");

    expect(await checkReadiness(folder)).toEqual(["schema"]);
  });

  it("stays ready while a newer version's migrations are in the database", async () => {
    await database.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('newer', 'x', '20990101000000_later', now(), 1)`);

    expect(await checkReadiness()).toEqual([]);
    expect(await checkReadiness(folder)).toEqual([]);
  });

  it.each([
    ["unfinished", "UPDATE _prisma_migrations SET finished_at = NULL WHERE id = 'newer'"],
    ["rolled back", "UPDATE _prisma_migrations SET finished_at = now(), rolled_back_at = now() WHERE id = 'newer'"],
  ])("misses a migration that is %s", async (_name, statement) => {
    await database.query(statement);

    expect(await checkReadiness(folder)).toEqual(["schema"]);
  });

  it("misses the schema in an empty database", async () => {
    await database.query("ALTER TABLE _prisma_migrations RENAME TO gone");

    expect(await checkReadiness()).toEqual(["schema"]);
  });

  it("misses a database that refuses connections", async () => {
    expect(await checkReadinessOf("postgres://nobody@127.0.0.1:1/nothing")).toEqual(["database"]);
  });

  it("misses a database that is silent, within two seconds", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const startedAt = performance.now();

    expect(await checkReadinessOf(`postgres://nobody@127.0.0.1:${port}/nothing`)).toEqual(["database"]);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});
