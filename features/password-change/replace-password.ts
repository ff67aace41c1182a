import { findSignInMethods } from "@/features/account/data";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { deleteResetToken } from "@/features/password-reset/data";
import { endSessions } from "@/features/session/data";
import type { Database } from "@/lib/db";
import { type HeldAccount, voidUnfinished, writePasswordHash } from "./data";
import { type PasswordEvent, passwordChangedMail } from "./mails";

/**
 * Gives an account another password, in the caller's transaction. Nothing of what the old one opened stays open: all
 * sessions end, and what was begun and not finished is void, so that whoever had got in is out (ASVS 5.0 V7.4.3).
 *
 * After the commit, tell the `revocationFeed()` of the ends, and call `wakeMailWorker`.
 *
 * @param account - From `lockAccount` in the same transaction.
 * @returns The ids of the sessions that ended.
 */
export async function replacePassword(
  database: Database,
  account: HeldAccount,
  change: { event: PasswordEvent; hash: string; sessionId: string | null; origin: RequestOrigin },
  now: Date,
): Promise<string[]> {
  const { userId } = account;
  const { event, hash, sessionId, origin } = change;
  await writePasswordHash(database, userId, hash);
  await voidUnfinished(database, account);
  await deleteResetToken(database, userId);
  const ended = await endSessions(database, { userId }, "password_changed", now);
  const methods = await findSignInMethods(userId, database);
  const content = (inWords: (at: Date) => string) => passwordChangedMail(event, methods, inWords(now));
  await mailToAccount(database, { userId, kind: "password_changed", content }, now);
  await appendAuditEvent(database, {
    kind: event,
    userId,
    sessionId,
    origin,
    details: { endedSessions: ended.length },
  });
  return ended;
}
