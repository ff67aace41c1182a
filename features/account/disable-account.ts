import { appendAuditEvent } from "@/features/audit/data";
import { endSessions } from "@/features/session/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { findAccountByEmail, writeDisabledAt } from "./data";
import type { EmailAddress } from "./email-address";

/**
 * Disables an account: every session of it ends, on every instance within the staleness bound, and nobody signs in to it.
 *
 * The person's row is written first, so that a sign-in under way is over before its session is looked for, or finds the
 * account disabled.
 *
 * @returns How many sessions ended; none when it was disabled already.
 */
export async function disableAccount(
  email: EmailAddress,
  now: Date,
): Promise<Result<{ endedSessions: number }, "unknown_account">> {
  const ended = await inTransaction(async (database) => {
    const account = await findAccountByEmail(database, email);
    if (!account) return null;
    const { userId } = account;
    if (!(await writeDisabledAt(database, userId, now))) return [];
    const sessionIds = await endSessions(database, { userId }, "account_disabled", now);
    await appendAuditEvent(database, { kind: "account_disabled", userId });
    return sessionIds;
  });
  if (!ended) return refuse("unknown_account");
  revocationFeed().noteEnded(ended, "account_disabled");
  return ok({ endedSessions: ended.length });
}

/** Lets a person sign in again. Sessions that ended stay ended. */
export async function enableAccount(email: EmailAddress): Promise<Result<null, "unknown_account">> {
  return inTransaction(async (database) => {
    const account = await findAccountByEmail(database, email);
    if (!account) return refuse("unknown_account");
    const enabled = await writeDisabledAt(database, account.userId, null);
    if (enabled) await appendAuditEvent(database, { kind: "account_enabled", userId: account.userId });
    return ok(null);
  });
}
