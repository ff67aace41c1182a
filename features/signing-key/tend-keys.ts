import type { Database } from "@/lib/db";
import { log } from "@/lib/log";
import {
  deleteSigningKeys,
  findSigningKeys,
  insertSigningKey,
  moveSigningKey,
  type StoredKey,
  withKeysLocked,
} from "./data";
import { makeKey } from "./make-key";
import { isSettled, type KeyPlan, type KeyWish, planKeys } from "./plan-keys";

/**
 * Brings the signing keys to what they should be now: in one transaction, one instance at a time. Who comes second finds
 * it done.
 *
 * @returns The keys as they are then, oldest first.
 */
export function tendKeys(now: Date, wish: KeyWish = { kind: "none" }): Promise<StoredKey[]> {
  return withKeysLocked(async (database) => {
    const keys = await findSigningKeys(database);
    const plan = planKeys(keys, now, wish);
    if (isSettled(plan)) return keys;
    await carryOut(database, plan, now);
    log.info({ event: "signing_keys_changed", ...plan }, "the signing keys were tended");
    return findSigningKeys(database);
  });
}

async function carryOut(database: Database, { remove, retire, promote, make }: KeyPlan, now: Date): Promise<void> {
  if (remove.length > 0) await deleteSigningKeys(database, remove);
  if (retire !== null) await moveSigningKey(database, retire, { state: "previous", retiredAt: now });
  if (promote !== null) await moveSigningKey(database, promote, { state: "current", activatedAt: now });
  if (make === null) return;
  const activatedAt = make === "current" ? now : null;
  await insertSigningKey(database, { ...makeKey(), state: make, createdAt: now, activatedAt });
}
