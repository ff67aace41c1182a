import "server-only";

import { db } from "@/lib/db";

/** Asks the database for anything at all. */
export async function pingDatabase(): Promise<void> {
  await db().$queryRaw`SELECT 1`;
}

/** The names of the migrations that the database has finished. Throws when it never saw one. */
export async function findFinishedMigrations(): Promise<string[]> {
  const rows = await db().$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  return rows.map((row) => row.migration_name);
}
