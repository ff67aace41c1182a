import { appendAuditEvent } from "@/features/audit/data";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { unmarkForDeletion } from "./data";
import { deletionCancelledMail } from "./mails";
import type { AccountOwner } from "./request-deletion";

/**
 * Keeps an account that is due for deletion, in the name of somebody who has just signed in to it. What ended with the
 * request stays ended.
 *
 * @returns False when there is nothing to keep: it was kept already, or it is gone.
 */
export async function restoreAccount({ userId, sessionId, origin }: AccountOwner, now: Date): Promise<boolean> {
  const version = await inTransaction(async (database) => {
    const claimsVersion = await unmarkForDeletion(database, userId);
    if (claimsVersion === null) return null;
    const content = deletionCancelledMail(now);
    await mailToAccount(
      database,
      { userId, kind: "account_deletion_cancelled", content, askedIn: origin.language },
      now,
    );
    await appendAuditEvent(database, { kind: "account_deletion_cancelled", userId, sessionId, origin });
    return claimsVersion;
  });
  if (version === null) return false;
  revocationFeed().noteClaims(userId, version);
  wakeMailWorker();
  return true;
}
