import { lockSignInMethods } from "@/features/account/data";
import { countSignInMethods } from "@/features/account/sign-in-methods";
import { appendAuditEvent } from "@/features/audit/data";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { isUuid } from "@/lib/uuid";
import type { ActingPerson } from "./acting-person";
import { deletePasskey, hasPasskey } from "./data";
import { passkeyRemovedMail } from "./mails";

/**
 * Removes one of a person's own passkeys, unless it is the only way in to their account, and tells them by mail.
 *
 * Sessions that were begun with it go on: they are ended on the sessions page.
 *
 * @param id - As received, unverified. Somebody else's looks the same as none.
 */
export async function removePasskey(
  { userId, sessionId, origin }: ActingPerson,
  id: string,
  now: Date,
): Promise<Result<null, "not_found" | "last_sign_in_method">> {
  if (!isUuid(id)) return refuse("not_found");
  const refusal = await inTransaction(async (transaction) => {
    const methods = await lockSignInMethods(transaction, userId);
    if (!(await hasPasskey(transaction, userId, id))) return "not_found";
    if (countSignInMethods(methods) === 1) return "last_sign_in_method";
    await deletePasskey(transaction, userId, id);
    const content = passkeyRemovedMail(now);
    await mailToAccount(transaction, { userId, kind: "passkey_removed", content, askedIn: origin.language }, now);
    const details = { passkeyId: id };
    await appendAuditEvent(transaction, { kind: "passkey_removed", userId, sessionId, origin, details });
    return null;
  });
  if (refusal) return refuse(refusal);
  wakeMailWorker();
  return ok(null);
}
