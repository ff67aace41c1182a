import { findSignInMethods } from "@/features/account/data";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { deleteResetToken } from "@/features/password-reset/data";
import { endSessions } from "@/features/session/data";
import type { Database } from "@/lib/db";
import { type HeldAccount, voidUnfinished, writePasswordHash } from "./data";
import { type PasswordEvent, passwordChangedMail } from "./mails";

/** A password that takes the place of another, or is the first. */
interface Replacement {
  readonly event: PasswordEvent;
  readonly hash: string;
  /** The session that asked for it, and the one that does not end; neither where nobody is signed in. */
  readonly sessions?: { readonly actingId: string; readonly except: string };
  readonly origin: RequestOrigin;
}

/**
 * Gives an account another password, in the caller's transaction. Nothing of what the old one opened stays open: sessions
 * end, and what was begun and not finished is void, so that whoever had got in is out (ASVS 5.0 V7.4.3).
 *
 * After the commit, tell the `revocationFeed()` of the ends, and call `wakeMailWorker`.
 *
 * @param account - From `lockAccount` in the same transaction.
 * @returns The ids of the sessions that ended.
 */
export async function replacePassword(
  database: Database,
  account: HeldAccount,
  { event, hash, sessions, origin }: Replacement,
  now: Date,
): Promise<string[]> {
  const { userId } = account;
  await writePasswordHash(database, userId, hash);
  await voidUnfinished(database, account);
  await deleteResetToken(database, userId);
  const ended = await endSessions(database, { userId, except: sessions?.except }, "password_changed", now);
  const methods = await findSignInMethods(userId, database);
  const content = passwordChangedMail(event, methods, now);
  await mailToAccount(database, { userId, kind: "password_changed", content, askedIn: origin.language }, now);
  const details = { endedSessions: ended.length };
  await appendAuditEvent(database, { kind: event, userId, sessionId: sessions?.actingId ?? null, origin, details });
  return ended;
}
