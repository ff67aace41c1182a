import { updateRepeatedClaims } from "@/features/account/data";
import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { lockAccount } from "@/features/password-change/data";
import { endSessions } from "@/features/session/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { deleteSignUps, isRegistered, lockAddress } from "@/features/sign-up/data";
import { hashToken, TOKEN_PATTERN } from "@/lib/crypto/random-token";
import { type Database, inTransaction, isUniqueViolation } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { findByUndoToken, spendUndoToken, voidChangesSince, voidMailedTokens } from "./data";

export type UndoRefusal =
  | "invalid_token"
  /** The old address has an account of its own by now. The token stays good. */
  | "address_taken";

/** Whoever changed the address in the owner's name is out by this. */
const END_REASON = "revoked_by_user";

/**
 * Gives an account the address back that a change took from it, from the mailbox of that address. All sessions end, and so
 * do links that were mailed meanwhile, and every later change with its own way back: whoever made the change holds those.
 * The way back of an *earlier* change stays, for the owner's sake.
 *
 * The password stays what it is. Whoever made the change knew it, so the page goes on to choosing a new one.
 *
 * @param token - As received from the client, unverified.
 * @returns The address, to go on with.
 */
export async function undoEmailChange(
  token: string,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<{ userId: UserId; email: EmailAddress }, UndoRefusal>> {
  if (!TOKEN_PATTERN.test(token)) return refuse("invalid_token");
  const undone = await tryToUndo(hashToken(token), origin, now);
  if (!undone.ok) return undone;
  const { userId, email, version, endedSessions } = undone.value;
  if (version !== null) revocationFeed().noteClaims(userId, version);
  revocationFeed().noteEnded(endedSessions, END_REASON);
  return ok({ userId, email });
}

interface Undone {
  readonly userId: UserId;
  readonly email: EmailAddress;
  readonly version: number | null;
  readonly endedSessions: string[];
}

async function tryToUndo(
  tokenHash: Uint8Array<ArrayBuffer>,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<Undone, UndoRefusal>> {
  try {
    return await inTransaction((database) => undo(database, tokenHash, origin, now));
  } catch (error) {
    // Somebody came from a provider with this address in the same instant.
    if (isUniqueViolation(error)) return refuse("address_taken");
    throw error;
  }
}

async function undo(
  database: Database,
  tokenHash: Uint8Array<ArrayBuffer>,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<Undone, UndoRefusal>> {
  const change = await findByUndoToken(database, tokenHash, now);
  if (!change) return refuse("invalid_token");
  const { userId, fromEmail: email, confirmedAt } = change;
  await lockAddress(database, email);
  const account = await lockAccount(database, userId);
  if (!account) return refuse("invalid_token");
  // The account can have come back to it by itself.
  if (account.email !== email && (await isRegistered(database, email))) return refuse("address_taken");
  if (!(await spendUndoToken(database, tokenHash, now))) return refuse("invalid_token");

  const version = await updateRepeatedClaims(database, userId, { email, emailVerified: now });
  await voidChangesSince(database, userId, confirmedAt);
  await voidMailedTokens(database, userId, [account.email, email]);
  await deleteSignUps(database, email);
  const endedSessions = await endSessions(database, { userId }, END_REASON, now);
  await appendAuditEvent(database, { kind: "email_change_undone", userId, origin });
  return ok({ userId, email, version, endedSessions });
}
