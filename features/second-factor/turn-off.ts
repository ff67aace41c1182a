import { appendAuditEvent } from "@/features/audit/data";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { deleteCodes } from "@/features/recovery-code/data";
import { deleteFactor } from "@/features/totp/data";
import { deleteTrustedDevices } from "@/features/trusted-device/data";
import { inTransaction } from "@/lib/db";
import { type CodeEntry, type CodeVerdict, checkCode } from "./check-code";
import { deleteChallenges } from "./data";
import { judgeWithinLimits } from "./judge-within-limits";
import { disabledMail } from "./mails";
import type { Actor } from "./turn-on";

/**
 * Turns the second factor off, with a code of the app or a recovery code (ASVS 5.0 V6.4.4), and forgets all that belongs to it: the
 * secret, recovery codes, trusted browsers, and sign-ins that wait for it.
 *
 * @param code - As typed, unverified. Wrong ones count as they do at sign-in.
 */
export async function turnSecondFactorOff(actor: Actor, code: string, now: Date): Promise<CodeVerdict> {
  const { userId, sessionId, origin } = actor;
  const entry = { userId, sessionId, code, origin };
  const verdict = await judgeWithinLimits(entry, now, () => turnOff(actor, entry, now), isWrong);
  wakeMailWorker();
  return verdict;
}

const isWrong = (verdict: CodeVerdict) => verdict === "invalid_code";

function turnOff({ userId, sessionId, origin }: Actor, entry: CodeEntry, now: Date): Promise<CodeVerdict> {
  return inTransaction(async (database) => {
    const checked = await checkCode(database, entry, now);
    if (checked !== "right") return checked;
    await deleteFactor(database, userId);
    await deleteCodes(database, userId);
    await deleteTrustedDevices(database, userId);
    await deleteChallenges(database, userId);
    const content = disabledMail(origin, now);
    await mailToAccount(database, { userId, kind: "second_factor_disabled", content, askedIn: origin.language }, now);
    await appendAuditEvent(database, { kind: "second_factor_disabled", userId, sessionId, origin });
    return checked;
  });
}
