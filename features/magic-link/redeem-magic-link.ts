import { findAccountByEmail } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { limitRequest } from "@/features/rate-limit/limit-request";
import type { RateLimited } from "@/features/rate-limit/rate-limited";
import { deleteSignUps } from "@/features/sign-up/data";
import { hashToken, TOKEN_PATTERN } from "@/lib/crypto/random-token";
import { type Database, inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { hashCode, isSameHash } from "./code";
import { findBrowserOfLink, type SpentMagicLink, spendById, spendByToken, takeTry } from "./data";

/** Whom a link or a code lets in, as far as a first factor does. */
export interface MagicSignIn {
  readonly userId: UserId;
  readonly remember: boolean;
}

/** Where a link was opened, as far as its page needs to know. */
export type LinkPlace = "here" | "elsewhere" | "nowhere";

/**
 * Whether a link can be used in this browser. Nothing is spent.
 *
 * @param token - Of the link, unverified.
 * @param browserToken - The browser's cookie, unverified.
 */
export async function placeMagicLink(token: string, browserToken: string | undefined, now: Date): Promise<LinkPlace> {
  const owner = TOKEN_PATTERN.test(token) ? await findBrowserOfLink(hashToken(token), now) : null;
  if (!owner) return "nowhere";
  return browserToken !== undefined && isSameHash(owner, hashToken(browserToken)) ? "here" : "elsewhere";
}

/**
 * Takes the token of a mailed link, once, in the browser that asked for it. A mailbox that somebody else reads along, or a
 * link that was passed on, is not enough.
 *
 * @param token - As received, unverified.
 * @param browserToken - The browser's cookie, unverified.
 */
export async function redeemMagicLink(
  token: string,
  browserToken: string | undefined,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<MagicSignIn, "invalid_token">> {
  const admitted = await inTransaction(async (database) => {
    if (!TOKEN_PATTERN.test(token) || browserToken === undefined) return null;
    const hashes = { tokenHash: hashToken(token), browserHash: hashToken(browserToken) };
    return await admit(database, await spendByToken(database, hashes, now));
  });
  return admitted ? ok(admitted) : await refuseInLog("invalid_token", origin);
}

/**
 * Takes a typed code, in the browser that asked for it. Each attempt is one of five, right or wrong; after five wrong ones
 * link and code are dead (A42). Wrong ones also count for the network that they come from.
 *
 * @param code - Six digits, unverified.
 * @param browserToken - The browser's cookie, unverified.
 */
export async function redeemMagicCode(
  code: string,
  browserToken: string | undefined,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<MagicSignIn, "invalid_code" | RateLimited>> {
  const taken = await limitRequest("code", origin);
  if (!taken.ok) return taken;
  const admitted = await inTransaction(async (database) => {
    const link = browserToken === undefined ? null : await takeTry(database, hashToken(browserToken), now);
    if (!link || browserToken === undefined || !isSameHash(link.codeHash, hashCode(code, browserToken))) return null;
    return await admit(database, await spendById(database, link.id));
  });
  if (!admitted) return await refuseInLog("invalid_code", origin);
  await taken.value.giveBack();
  return ok(admitted);
}

/** The account that has the address now. There is none for most of those who only tried, and none is made. */
async function admit(database: Database, spent: SpentMagicLink | null): Promise<MagicSignIn | null> {
  const account = spent && (await findAccountByEmail(database, spent.email));
  if (!account || account.disabledAt) return null;
  // The mailbox's owner is here: what others began in its name ends (pre-hijacking).
  await deleteSignUps(database, spent.email);
  return { userId: account.userId, remember: spent.remember };
}

/** Names nobody: whoever guesses would otherwise fill somebody's log. */
async function refuseInLog<Refusal extends string>(reason: Refusal, origin: RequestOrigin) {
  const details = { method: "magic_link", reason };
  await recordAuditEvent({ kind: "sign_in_failed", userId: null, origin, details });
  return refuse(reason);
}
