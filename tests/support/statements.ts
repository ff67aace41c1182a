import pg from "pg";

/** A statement as it was sent. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * What some work asks of the database: its statements, `BEGIN` and `COMMIT` among them. Taken at the driver, below everything that
 * might leave one out, whatever connection it takes.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const original = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown;
  const counted = function (this: pg.Client, ...args: unknown[]): unknown {
    const [query, values] = args as [string | Partial<Statement>, unknown];
    const { text = "", values: own = values } = typeof query === "string" ? { text: query } : query;
    statements.push({ text, values: Array.isArray(own) ? own : [] });
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
