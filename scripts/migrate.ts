import { loadLocalEnvironment } from "./development/local-environment";
import { applyMigrations } from "./migrations/apply-migrations";

/** `npm run migrate`: brings `DATABASE_URL` to the current schema. */
export default async function migrate(): Promise<number> {
  const url = { ...loadLocalEnvironment(process.cwd()), ...process.env }["DATABASE_URL"];
  if (!url || !URL.canParse(url)) {
    process.stderr.write("DATABASE_URL is not set to a URL such as postgres://user:password@host:5432/database.\n");
    return 1;
  }
  const applied = await applyMigrations(url);
  process.stdout.write(applied.length === 0 ? "The schema is current.\n" : `Applied ${applied.join(", ")}.\n`);
  return 0;
}
