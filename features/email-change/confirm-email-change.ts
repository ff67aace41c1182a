import { updateRepeatedClaims } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { lockAccount } from "@/features/password-change/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { deleteSignUps, isRegistered, lockAddress } from "@/features/sign-up/data";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken, TOKEN_PATTERN } from "@/lib/crypto/random-token";
import { type Database, inTransaction, isUniqueViolation } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { type EmailChange, findByConfirmToken, spendConfirmToken, voidMailedTokens } from "./data";
import { changedMail } from "./mails";
import { UNDO_LIFETIME_SECONDS } from "./policy";

/**
 * Moves an account to the address that a token was mailed to. Every cookie of the account shows the new address within the
 * staleness bound (S3); what was mailed to the old one ends, but for a new mail there with the way back.
 *
 * @param token - As received from the client, unverified. Whoever brings it need not be signed in: it proves the mailbox.
 * @returns `invalid_token` alike for a token that is malformed, unknown, expired, spent, void or replaced, and for an address
 *   that got an account in the meantime.
 */
export async function confirmEmailChange(
  token: string,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<null, "invalid_token">> {
  if (!TOKEN_PATTERN.test(token)) return refuse("invalid_token");
  const moved = await tryToMove(hashToken(token), origin, now);
  if (!moved) return refuse("invalid_token");
  revocationFeed().noteClaims(moved.userId, moved.version);
  wakeMailWorker();
  return ok(null);
}

type Moved = { userId: UserId; version: number } | null;

async function tryToMove(tokenHash: Uint8Array<ArrayBuffer>, origin: RequestOrigin, now: Date): Promise<Moved> {
  try {
    return await inTransaction(async (database) => {
      const change = await findByConfirmToken(database, tokenHash);
      return change && (await move(database, change, tokenHash, origin, now));
    });
  } catch (error) {
    // Somebody came from a provider with this address in the same instant.
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

async function move(
  database: Database,
  { userId, fromEmail, toEmail }: EmailChange,
  tokenHash: Uint8Array<ArrayBuffer>,
  origin: RequestOrigin,
  now: Date,
): Promise<Moved> {
  await lockAddress(database, toEmail);
  const account = await lockAccount(database, userId);
  if (account?.email !== fromEmail || (await isRegistered(database, toEmail))) return null;

  const undoToken = randomToken();
  const undo = { undoTokenHash: hashToken(undoToken), undoExpiresAt: addSeconds(now, UNDO_LIFETIME_SECONDS) };
  if (!(await spendConfirmToken(database, tokenHash, undo, now))) return null;
  const version = await updateRepeatedClaims(database, userId, { email: toEmail, emailVerified: now });
  await voidMailedTokens(database, userId, [fromEmail, toEmail]);
  // The address's owner has arrived: what others began in its name ends here (pre-hijacking).
  await deleteSignUps(database, toEmail);
  const content = changedMail(undoToken);
  const mail = { userId, to: fromEmail, kind: "email_changed", content, askedIn: origin.language } as const;
  await mailToAccount(database, mail, now);
  await appendAuditEvent(database, { kind: "email_changed", userId, origin });
  return version === null ? null : { userId, version };
}
