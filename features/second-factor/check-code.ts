import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { countCodesLeft, spendRecoveryCode } from "@/features/recovery-code/data";
import { hashRecoveryCode, parseRecoveryCode } from "@/features/recovery-code/recovery-code";
import { spendCode } from "@/features/totp/spend-code";
import { addSeconds } from "@/lib/clock";
import type { Database } from "@/lib/db";
import { deleteTries, lockTries, writeTries } from "./data";
import { lockedMail, recoveryCodeUsedMail } from "./mails";
import { FAILURES_BEFORE_LOCK, lockSeconds } from "./policy";

/** Who typed a code, and where. */
export interface CodeEntry {
  readonly userId: UserId;
  /** Of whoever is signed in already. */
  readonly sessionId?: string;
  /** A code of the authenticator app or a recovery code, as typed, unverified. */
  readonly code: string;
  readonly origin: RequestOrigin;
}

/** What a code is worth. While the authenticator app is locked its codes are not judged at all, and cost nothing. */
export type CodeVerdict = "right" | "invalid_code" | { readonly lockedUntil: Date };

/**
 * Judges and spends a code, in the caller's transaction, which is to be committed whatever the verdict: the count of wrong codes
 * is in it. A transaction that fails spends no try.
 *
 * Call `wakeMailWorker` after the commit.
 */
export async function checkCode(database: Database, entry: CodeEntry, now: Date): Promise<CodeVerdict> {
  const { userId, code } = entry;
  const { failures, lockedUntil } = await lockTries(database, userId, now);
  const recoveryCode = parseRecoveryCode(code);
  // Nobody guesses 120 bits, so that no lock stands between the owner and these.
  if (!recoveryCode && lockedUntil && lockedUntil > now) return { lockedUntil };
  const right = recoveryCode
    ? await spendRecoveryCode(database, userId, hashRecoveryCode(userId, recoveryCode), now)
    : await spendCode(database, userId, code.replace(/\s/g, ""), now);
  if (!right) {
    await noteFailure(database, entry, failures + 1, now);
    return "invalid_code";
  }
  await deleteTries(database, userId);
  if (recoveryCode) await noteRecoveryCode(database, entry, now);
  return "right";
}

async function noteFailure(database: Database, entry: CodeEntry, failures: number, now: Date): Promise<void> {
  const { userId } = entry;
  const seconds = lockSeconds(failures);
  await writeTries(database, userId, { failures, lockedUntil: seconds > 0 ? addSeconds(now, seconds) : null });
  if (failures === FAILURES_BEFORE_LOCK) {
    const content = lockedMail(entry.origin, now);
    const askedIn = entry.origin.language;
    await mailToAccount(database, { userId, kind: "second_factor_locked", content, askedIn }, now);
  }
  await tell(database, "second_factor_failed", entry, { failures });
  if (seconds > 0) await tell(database, "second_factor_locked", entry, { seconds });
}

async function noteRecoveryCode(database: Database, entry: CodeEntry, now: Date): Promise<void> {
  const left = await countCodesLeft(entry.userId, database);
  const content = recoveryCodeUsedMail(left, entry.origin, now);
  const askedIn = entry.origin.language;
  await mailToAccount(database, { userId: entry.userId, kind: "recovery_code_used", content, askedIn }, now);
  await tell(database, "recovery_code_used", entry, { left });
}

function tell(
  database: Database,
  kind: "second_factor_failed" | "second_factor_locked" | "recovery_code_used",
  { userId, sessionId, origin }: CodeEntry,
  details: Readonly<Record<string, number>>,
): Promise<void> {
  return appendAuditEvent(database, { kind, userId, sessionId: sessionId ?? null, origin, details });
}
