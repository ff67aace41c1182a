import { appendAuditEvent } from "@/features/audit/data";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { newRecoveryCodes } from "@/features/recovery-code/recovery-code";
import { findFactor } from "@/features/totp/data";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { codesReplacedMail } from "./mails";
import { type Actor, storeCodes } from "./turn-on";

/**
 * Makes ten new recovery codes; those from before are worth nothing from then on.
 *
 * @param actor - Somebody who proved both factors recently.
 */
export async function replaceRecoveryCodes(
  { userId, sessionId, origin }: Actor,
  now: Date,
): Promise<Result<{ recoveryCodes: string[] }, "second_factor_off">> {
  const recoveryCodes = newRecoveryCodes();
  const replaced = await inTransaction(async (database) => {
    const factor = await findFactor(userId, database);
    if (!factor?.confirmedAt) return false;
    await storeCodes(database, userId, recoveryCodes, now);
    const content = codesReplacedMail(origin, now);
    await mailToAccount(database, { userId, kind: "recovery_codes_replaced", content, askedIn: origin.language }, now);
    await appendAuditEvent(database, { kind: "recovery_codes_replaced", userId, sessionId, origin });
    return true;
  });
  wakeMailWorker();
  return replaced ? ok({ recoveryCodes }) : refuse("second_factor_off");
}
