import type { TestDatabase } from "./database";

/** Where the copies go: a schema of its own, which the application doesn't look into. */
const COPIES = "written.rows";

const TRIGGER = `
  CREATE SCHEMA written;
  CREATE TABLE ${COPIES} (relation text NOT NULL, content text NOT NULL);
  CREATE FUNCTION written.keep() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO ${COPIES} VALUES (TG_TABLE_NAME, to_jsonb(NEW)::text);
    RETURN NULL;
  END $$;
  DO $$
  DECLARE name text;
  BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('CREATE TRIGGER written AFTER INSERT OR UPDATE ON public.%I FOR EACH ROW EXECUTE FUNCTION written.keep()', name);
    END LOOP;
  END $$`;

/** Has the database keep a copy of each row that is written from now on: what a dump at *any* moment would have held. */
export async function keepWrittenRows({ query }: Pick<TestDatabase, "query">): Promise<void> {
  await query(TRIGGER);
}

/** Each row that was written, as text: `<table> {…}`, every column in it, bytes in hexadecimal. */
export async function writtenRows({ query }: Pick<TestDatabase, "query">): Promise<string[]> {
  const rows = await query<{ relation: string; content: string }>(`SELECT relation, content FROM ${COPIES}`);
  return rows.map(({ relation, content }) => `${relation} ${content}`);
}
