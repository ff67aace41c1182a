import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { replaceCodes } from "@/features/recovery-code/data";
import { hashRecoveryCode, newRecoveryCodes, parseRecoveryCode } from "@/features/recovery-code/recovery-code";
import { endSessions } from "@/features/session/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { confirmFactor } from "@/features/totp/data";
import { findEnrolment } from "@/features/totp/find-enrolment";
import { matchingStep } from "@/features/totp/totp";
import { type Database, inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { markFactorChange } from "./data";
import { enabledMail } from "./mails";

/** Whoever is signed in and acts. */
export interface Actor {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly origin: RequestOrigin;
}

/**
 * Turns the second factor on, with the first code of the app that was told the secret.
 *
 * All other sessions end, which proved one factor only, and none begins any more on one: the person's row is written first, so that a
 * sign-in under way is over before its session is looked for, or finds the factor on.
 *
 * @param code - As typed, unverified.
 * @returns The recovery codes, which nobody can ever be shown again; or `invalid_code`, also when no secret waits.
 */
export async function turnSecondFactorOn(
  actor: Actor,
  code: string,
  now: Date,
): Promise<Result<{ recoveryCodes: string[] }, "invalid_code">> {
  const { userId, sessionId, origin } = actor;
  const enrolment = await findEnrolment(userId, now);
  const step = enrolment && matchingStep(enrolment.secret, code.replace(/\s/g, ""), now);
  if (!enrolment || step === null) return refuse("invalid_code");
  const recoveryCodes = newRecoveryCodes();
  const ended = await inTransaction(async (database) => {
    await markFactorChange(database, userId);
    if (!(await confirmFactor(database, { userId, sealedSecret: enrolment.sealedSecret, step }, now))) return null;
    await storeCodes(database, userId, recoveryCodes, now);
    const ids = await endSessions(database, { userId, except: sessionId }, "revoked_by_user", now);
    const content = enabledMail(origin, now);
    await mailToAccount(database, { userId, kind: "second_factor_enabled", content, askedIn: origin.language }, now);
    await appendAuditEvent(database, { kind: "second_factor_enabled", userId, sessionId, origin });
    return ids;
  });
  if (!ended) return refuse("invalid_code");
  revocationFeed().noteEnded(ended, "revoked_by_user");
  wakeMailWorker();
  return ok({ recoveryCodes });
}

/** Puts these codes in place of a person's earlier ones. */
export function storeCodes(database: Database, userId: UserId, codes: readonly string[], now: Date): Promise<void> {
  const hashes = codes.map((code) => hashRecoveryCode(userId, parseRecoveryCode(code) ?? ""));
  return replaceCodes(database, userId, hashes, now);
}
