import "server-only";

import { db } from "@/lib/db";
import { SILENT_AFTER_SECONDS } from "./policy";

/**
 * Says that this instance is there, sweeps those that are gone, and looks who else is, by the database's clock.
 *
 * @returns The secret ids of every other instance.
 */
export async function beat(id: string, secretIds: readonly string[]): Promise<string[][]> {
  await db().$executeRaw`
    INSERT INTO instances (id, secret_ids, seen_at) VALUES (${id}::uuid, ${[...secretIds]}, now())
    ON CONFLICT (id) DO UPDATE SET secret_ids = excluded.secret_ids, seen_at = now()`;
  await db()
    .$executeRaw`DELETE FROM instances WHERE seen_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS}::int)`;
  const others = await db().instance.findMany({ where: { id: { not: id } }, select: { secretIds: true } });
  return others.map((other) => other.secretIds);
}

/** Says that this instance is gone. */
export async function signOff(id: string): Promise<void> {
  await db().instance.deleteMany({ where: { id } });
}
