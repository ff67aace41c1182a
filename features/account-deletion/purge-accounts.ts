import { appendAuditEvent } from "@/features/audit/data";
import { enqueueMail } from "@/features/mail/enqueue-mail";
import { mailReader, writeMail } from "@/features/mail/mail-reader";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { endSessions } from "@/features/session/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { deleteAccount, lockDueAccount } from "./data";
import { accountDeletedMail } from "./mails";
import { PURGED_AT_ONCE } from "./policy";

/**
 * Deletes the accounts whose grace is over. What stays of one is its lines in the audit log, and for a week that there was
 * a last mail (docs/privacy.md).
 *
 * @returns How many went; as many as go at once means that there may be more.
 */
export async function purgeAccounts(now: Date): Promise<number> {
  let purged = 0;
  while (purged < PURGED_AT_ONCE && (await purgeNext(now))) purged++;
  if (purged > 0) wakeMailWorker();
  return purged;
}

async function purgeNext(now: Date): Promise<boolean> {
  const ended = await inTransaction(async (database) => {
    const account = await lockDueAccount(database, now);
    if (!account) return null;
    // Somebody may have signed in, and not decided. Their rows go, so the feed has to tell why (S11).
    const sessionIds = await endSessions(database, { userId: account.id }, "account_deleted", now);
    await deleteAccount(database, account);
    const content = writeMail(accountDeletedMail(), await mailReader(account, undefined));
    await enqueueMail(database, { kind: "account_deleted", to: account.email, content }, now);
    await appendAuditEvent(database, { kind: "account_deleted", userId: account.id });
    return sessionIds;
  });
  if (ended) revocationFeed().noteEnded(ended, "account_deleted");
  return ended !== null;
}
