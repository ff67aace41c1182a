import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent, recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { countMailsByKind, findTimePreferences } from "@/features/mail/data";
import { mailReader } from "@/features/mail/mail-reader";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { MAIL_ANSWER_MS, MAIL_PERIOD_SECONDS } from "@/features/mail/policy";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { lockAccount } from "@/features/password-change/data";
import { isRateLimited, type RateLimited, rateLimited } from "@/features/rate-limit/rate-limited";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { proveByPassword } from "@/features/sign-in/prove-by-password";
import { lockAddress } from "@/features/sign-up/data";
import { addSeconds } from "@/lib/clock";
import { type Database, inTransaction } from "@/lib/db";
import { noSoonerThan } from "@/lib/no-sooner-than";
import { ok, type Result, refuse } from "@/lib/result";
import { findAsker, holdLiveSession, replacePendingChange } from "./data";
import { issueConfirmation } from "./issue-confirmation";
import { noticeMail } from "./mails";
import { EMAIL_CHANGE_MAX_AGE_SECONDS, MAX_REQUESTS } from "./policy";

/** Somebody who is signed in and asks for another address. */
export interface EmailChangeRequest {
  readonly userId: UserId;
  readonly sessionId: string;
  /** When they last proved who they are, in seconds since the epoch. */
  readonly authTime: number;
  readonly email: EmailAddress;
  /** As typed. Null is for accounts that have none. */
  readonly password: string | null;
  readonly origin: RequestOrigin;
}

export type EmailChangeRefusal =
  | "password_required"
  | "invalid_credentials"
  /** Of an account without a password. */
  | "recent_authentication_required"
  | "same_address"
  | RateLimited;

/**
 * Asks to move an account to another address, which is mailed a link to confirm it; the present one gets a notice, and
 * stays the account's until then. A newer request takes the place of an older one.
 *
 * @returns Nothing, for an address that somebody has as for a free one; each refusal depends on the asker's account alone.
 * @see https://owasp.org/www-project-application-security-verification-standard/ ASVS 5.0 V7.5.1
 */
export async function requestEmailChange(
  request: EmailChangeRequest,
  now: Date,
): Promise<Result<null, EmailChangeRefusal>> {
  const proven = await prove(request, now);
  if (!proven.ok) return proven;
  const requested = await noSoonerThan(
    MAIL_ANSWER_MS,
    inTransaction((database) => openChange(database, request, now)),
  );
  if (requested.ok) wakeMailWorker();
  return requested;
}

async function prove(request: EmailChangeRequest, now: Date): Promise<Result<null, EmailChangeRefusal>> {
  const { userId, sessionId, authTime, password, origin } = request;
  const asker = await findAsker(userId);
  if (!asker) return refuse("invalid_credentials");
  if (!asker.hasPassword) {
    const isRecent = authenticatedWithin(authTime, EMAIL_CHANGE_MAX_AGE_SECONDS, now);
    return isRecent ? ok(null) : refuse("recent_authentication_required");
  }
  if (password === null) return refuse("password_required");
  const { proven } = await proveByPassword({ email: asker.email, password }, now, origin);
  if (proven.ok && proven.value.userId === userId) return ok(null);
  if (!proven.ok && isRateLimited(proven.refusal)) return refuse(proven.refusal);
  const details = { method: "password" };
  await recordAuditEvent({ kind: "reauthentication_failed", userId, sessionId, origin, details });
  return refuse("invalid_credentials");
}

async function openChange(
  database: Database,
  { userId, sessionId, email, origin }: EmailChangeRequest,
  now: Date,
): Promise<Result<null, EmailChangeRefusal>> {
  await lockAddress(database, email);
  const account = await lockAccount(database, userId);
  // A reset that came in between ended the session: what was proven a moment ago was the thief's password.
  if (!account || !(await holdLiveSession(database, sessionId))) return refuse("invalid_credentials");
  if (account.email === email) return refuse("same_address");
  const told = await countMailsByKind(database, account.email, addSeconds(now, -MAIL_PERIOD_SECONDS));
  if ((told.email_change_notice ?? 0) >= MAX_REQUESTS) return refuse(rateLimited(MAIL_PERIOD_SECONDS * 1000));

  // Nobody has an account there as yet, or should: the mail is for whoever asks.
  const { language } = await mailReader(await findTimePreferences(database, account.email), origin.language);
  const issued = await issueConfirmation(database, email, language, now);
  const change = { userId, fromEmail: account.email, toEmail: email, createdAt: now, ...issued };
  await replacePendingChange(database, change);
  const notice = { userId, kind: "email_change_notice", content: noticeMail(), askedIn: origin.language } as const;
  await mailToAccount(database, notice, now);
  await appendAuditEvent(database, { kind: "email_change_requested", userId, sessionId, origin });
  return ok(null);
}
