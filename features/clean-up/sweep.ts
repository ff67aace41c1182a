import { purgeAccounts } from "@/features/account-deletion/purge-accounts";
import { addSeconds } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { deleteBatch, SWEPT } from "./data";
import { BATCH_ROWS } from "./policy";
import { RETENTION_SECONDS } from "./retention";

/**
 * Deletes what has served its time, in small batches, and the accounts whose owners asked for it. However many instances
 * sweep, one at a time does.
 *
 * @returns How many rows went; it stops early when another instance is at it.
 */
export async function sweep(now: Date): Promise<number> {
  const { SESSION_ACCESS_TTL, ACCESS_TOKEN_TTL } = env();
  const before = (seconds: number) => addSeconds(now, -seconds);
  const horizon = {
    endedSessions: before(RETENTION_SECONDS.endedSessions),
    finishedMails: before(RETENTION_SECONDS.finishedMails),
    expiredTokens: before(RETENTION_SECONDS.expiredTokens),
    expiredSignUps: before(RETENTION_SECONDS.expiredSignUps),
    expiredEmailChanges: before(RETENTION_SECONDS.expiredEmailChanges),
    unseenDevices: before(RETENTION_SECONDS.unseenDevices),
    spentLimits: before(RETENTION_SECONDS.spentLimits),
    feedEntries: before(SESSION_ACCESS_TTL + ACCESS_TOKEN_TTL + RETENTION_SECONDS.feedEntries),
  };
  let total = 0;
  for (const kind of SWEPT) {
    for (;;) {
      const deleted = await deleteBatch(kind, horizon);
      if (deleted === null) return total;
      total += deleted;
      if (deleted < BATCH_ROWS) break;
    }
  }
  return total + (await purgeAccounts(now));
}
