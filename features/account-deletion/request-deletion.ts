import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent, recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { RETENTION_SECONDS } from "@/features/clean-up/retention";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { isRateLimited, type RateLimited } from "@/features/rate-limit/rate-limited";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { endSessions } from "@/features/session/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { proveByPassword } from "@/features/sign-in/prove-by-password";
import { addSeconds } from "@/lib/clock";
import { type Database, inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { findEmail, markForDeletion } from "./data";
import { deletionRequestedMail } from "./mails";
import { DELETION_MAX_AGE_SECONDS } from "./policy";

/** Whose account it is about, in which session, and from where. */
export interface AccountOwner {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly origin: RequestOrigin;
}

/** Somebody who wants their account deleted. */
export interface DeletionRequest extends AccountOwner {
  /** When they last proved who they are, in seconds since the epoch. */
  readonly authTime: number;
  /** As typed; null: that they proved it recently has to do. */
  readonly password: string | null;
}

export type DeletionRefusal = "invalid_credentials" | "recent_authentication_required" | RateLimited;

/**
 * Has an account deleted after fourteen days (GDPR, Article 17). All its sessions end at once, the one that asks among
 * them; until the time is over, signing in leads to the question whether it stays, and to nothing else.
 *
 * @returns When it is due.
 * @see https://eur-lex.europa.eu/eli/reg/2016/679/oj#017.001
 */
export async function requestDeletion(
  request: DeletionRequest,
  now: Date,
): Promise<Result<{ dueAt: Date }, DeletionRefusal>> {
  const refusal = await refusalOf(request, now);
  if (refusal) return refuse(refusal);

  const dueAt = addSeconds(now, RETENTION_SECONDS.deletedAccounts);
  const ended = await inTransaction((database) => scheduleDeletion(database, request, dueAt, now));
  revocationFeed().noteEnded(ended, "account_deleted");
  wakeMailWorker();
  return ok({ dueAt });
}

async function refusalOf(request: DeletionRequest, now: Date): Promise<DeletionRefusal | null> {
  const { userId, sessionId, origin, authTime, password } = request;
  if (password === null) {
    return authenticatedWithin(authTime, DELETION_MAX_AGE_SECONDS, now) ? null : "recent_authentication_required";
  }
  const email = await findEmail(userId);
  const { proven } = email ? await proveByPassword({ email, password }, now, origin) : { proven: null };
  // The address may go to another account while the password is checked.
  if (proven?.ok && proven.value.userId === userId) return null;
  if (proven && !proven.ok && isRateLimited(proven.refusal)) return proven.refusal;
  await recordAuditEvent({ kind: "account_deletion_refused", userId, sessionId, origin });
  return "invalid_credentials";
}

async function scheduleDeletion(database: Database, owner: AccountOwner, dueAt: Date, now: Date): Promise<string[]> {
  const { userId, sessionId, origin } = owner;
  // Due already: another request was quicker, and all is said and done.
  if (!(await markForDeletion(database, userId, dueAt))) return [];
  const ended = await endSessions(database, { userId }, "account_deleted", now);
  const content = deletionRequestedMail(dueAt, now);
  const askedIn = origin.language;
  await mailToAccount(database, { userId, kind: "account_deletion_requested", content, askedIn }, now);
  await appendAuditEvent(database, { kind: "account_deletion_requested", userId, sessionId, origin });
  return ended;
}
