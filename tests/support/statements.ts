import pg from "pg";

/**
 * What some work asks of the database: its statements, `BEGIN` and `COMMIT` among them. Taken at the driver, below everything that
 * might leave one out, whatever connection it takes.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const original = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown;
  const counted = function (this: pg.Client, ...args: unknown[]): unknown {
    const [query] = args;
    statements.push(typeof query === "string" ? query : String((query as { text?: string }).text));
    return original.apply(this, args);
  };
  pg.Client.prototype.query = counted as typeof pg.Client.prototype.query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original as typeof pg.Client.prototype.query;
  }
  return statements;
}
