import bcrypt from "bcryptjs";
import pg from "pg";

const shared = globalThis;

/** The pool of this process. */
export function pool() {
  shared.benchPool ??= new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
  return shared.benchPool;
}

/** As the tutorials have it: bcryptjs, on the main thread. */
export async function findByPassword({ email, password }) {
  const { rows } = await pool().query("SELECT id, email, hash FROM people WHERE email = $1", [email]);
  const [person] = rows;
  return person && (await bcrypt.compare(password, person.hash)) ? { id: person.id, email: person.email } : null;
}

/** Makes the table, and the one person who signs in. */
export async function storePerson({ email, password }) {
  await pool().query(
    "CREATE TABLE people (id text PRIMARY KEY DEFAULT gen_random_uuid(), email text UNIQUE NOT NULL, hash text NOT NULL)",
  );
  await pool().query("INSERT INTO people (email, hash) VALUES ($1, $2)", [email, await bcrypt.hash(password, 12)]);
  await pool().end();
}
