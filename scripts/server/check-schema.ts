import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { migrationNames } from "../migrations/migration-names";

const TRIES = 5;
const PAUSE_MS = 1_000;
const CONNECT_TIMEOUT_MS = 2_000;

/**
 * Whether the database can be reached and has the schema that this version was built for.
 *
 * @param tries - How often, since a database may be starting as well.
 * @returns null, or what is wrong in a sentence that holds no secret.
 */
export async function checkSchema(root: string, databaseUrl: string, tries = TRIES): Promise<string | null> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    try {
      await client.connect();
      return await compareSchema(root, client);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const mayPass = code === undefined || code.startsWith("E") || code.startsWith("57P");
      if (!mayPass || attempt === tries)
        return `DATABASE_URL: can't connect: ${[code, message].filter(Boolean).join(" ")}`;
      await sleep(PAUSE_MS);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function compareSchema(root: string, client: pg.Client): Promise<string | null> {
  const { rows: tables } = await client.query<{ found: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
  );
  if (!tables[0]?.found) return "the schema is missing. Run: npm run migrate";
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  const known = new Set(migrationNames(root));
  if ([...known].some((name) => !applied.has(name)))
    return "the schema is older than this version. Run: npm run migrate";
  if ([...applied].some((name) => !known.has(name)))
    return "the schema is newer than this version. Deploy the version that made it";
  return null;
}
