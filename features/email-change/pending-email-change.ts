import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { lockAccount } from "@/features/password-change/data";
import { lockAddress } from "@/features/sign-up/data";
import { inTransaction } from "@/lib/db";
import type { Language } from "@/lib/i18n/languages";
import { deletePendingChanges, findPendingChange, renewConfirmToken } from "./data";
import { issueConfirmation } from "./issue-confirmation";

/**
 * Mails a fresh link for the change that waits to be confirmed; the older link ends. Nobody has to prove anything again:
 * the address stays the one that was asked for with the password.
 *
 * @param askedIn - The language of the request.
 * @returns False when nothing waits: it was confirmed, cancelled, expired, or made void.
 */
export async function resendConfirmation(userId: UserId, now: Date, askedIn?: Language): Promise<boolean> {
  const pending = await findPendingChange(userId, now);
  if (!pending) return false;
  const renewed = await inTransaction(async (database) => {
    await lockAddress(database, pending.email);
    if (!(await lockAccount(database, userId))) return false;
    const issued = await issueConfirmation(database, pending.email, askedIn, now);
    return await renewConfirmToken(database, userId, pending.email, issued, now);
  });
  if (renewed) wakeMailWorker();
  return renewed;
}

/**
 * Withdraws what waits to be confirmed: its link is dead.
 *
 * @returns False when nothing waited.
 */
export async function cancelEmailChange(asker: {
  userId: UserId;
  sessionId: string;
  origin: RequestOrigin;
}): Promise<boolean> {
  const { userId, sessionId, origin } = asker;
  return await inTransaction(async (database) => {
    await lockAccount(database, userId);
    const cancelled = (await deletePendingChanges(database, userId)) > 0;
    if (cancelled) await appendAuditEvent(database, { kind: "email_change_cancelled", userId, sessionId, origin });
    return cancelled;
  });
}
