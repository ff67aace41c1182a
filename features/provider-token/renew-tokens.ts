import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import type { UserId } from "@/features/account/user-id";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { log } from "@/lib/log";
import { ok, refuse } from "@/lib/result";
import { type ProviderTokenOutcome, readAccessToken } from "./access-token";
import {
  countClaimsChange,
  findTokens,
  markNeedsConsent,
  releaseLease,
  type TokenRow,
  takeLease,
  writeRenewedTokens,
} from "./data";
import { FIRST_PAUSE_MS, LONGEST_PAUSE_MS, MAX_WAIT_MS, MIN_REMAINING_SECONDS, STORE_ATTEMPTS } from "./policy";
import { type ProviderClient, requestRenewal } from "./request-renewal";
import { type IssuedTokens, openTokens, sealTokens } from "./token-set";

/** Whose tokens at which provider. */
export interface Connection {
  readonly userId: UserId;
  readonly provider: string;
  readonly client: ProviderClient;
}

/**
 * Renews tokens, or waits for whoever does already and takes the outcome.
 *
 * Who may call the provider is a lease in the row: no transaction, and so no connection of the pool, waits for somebody
 * else's server. A holder that crashes loses the lease by time.
 *
 * @param stale - The row as the caller read it.
 */
export async function renewTokens(connection: Connection, stale: TokenRow, now: Date): Promise<ProviderTokenOutcome> {
  let row: TokenRow | null = stale;
  let wasHeld = false;
  for (const pauseMs of pausesMs()) {
    if (!row) return refuse("not_connected");
    const isNew = Buffer.compare(row.sealedTokens, stale.sealedTokens) !== 0;
    // Tokens that came meanwhile are taken though they be short-lived: a second renewal would bring no better ones.
    const answer = readAccessToken(row, now, isNew ? 0 : MIN_REMAINING_SECONDS);
    if (answer) return answer;
    // Whoever was waited for gave the lease back and changed nothing: the provider is away, for everybody.
    if (wasHeld && row.leaseOwner === null && !isNew) return refuse("temporarily_unavailable");

    const owner = randomUUID();
    const hasLease = !row.leased && (await takeLease(row, owner));
    const outcome = hasLease ? await renewAsHolder(connection, row, owner, now) : null;
    if (outcome) return outcome;
    wasHeld = !hasLease;
    await pause(pauseMs);
    row = await findTokens(connection.userId, connection.provider);
  }
  return refuse("temporarily_unavailable");
}

/** Ever longer pauses, with jitter so that instances don't look in step, until the longest wait is over. */
function* pausesMs(): Generator<number> {
  const endMs = performance.now() + MAX_WAIT_MS;
  for (let ms = FIRST_PAUSE_MS; performance.now() < endMs; ms = Math.min(1.5 * ms, LONGEST_PAUSE_MS)) {
    yield ms * (0.5 + Math.random());
  }
}

/** @returns null when the row has moved on meanwhile, and has to be looked at again. */
async function renewAsHolder(
  { provider, client }: Connection,
  row: TokenRow,
  owner: string,
  now: Date,
): Promise<ProviderTokenOutcome | null> {
  const { accountId } = row;
  const old = openTokens(accountId, row.sealedTokens);
  if (!old) {
    await releaseLease(accountId, owner);
    return refuse("needs_consent");
  }
  // Expired, and never with a refresh token: to the person it is the same as a refused one.
  const answer = old.refreshToken === null ? null : await requestRenewal(client, old.refreshToken, now);
  if (answer?.kind === "renewed") {
    const { refreshToken, scope, ...rest } = answer.tokens;
    const renewed = { ...rest, refreshToken: refreshToken ?? old.refreshToken, scope: scope ?? old.scope };
    if (!(await storeRenewed(accountId, owner, renewed))) return null;
    return ok({ accessToken: renewed.accessToken, expiresAt: renewed.expiresAt, scope: renewed.scope });
  }
  if (answer?.kind === "unavailable") {
    log.warn({ event: "provider_token_unavailable", provider, reason: answer.reason }, "tokens could not be renewed");
    await releaseLease(accountId, owner);
    return refuse("temporarily_unavailable");
  }
  if (await askForConsent(row, owner, now)) {
    log.info({ event: "provider_needs_consent", provider, accountId }, "a provider wants its person to sign in anew");
    return refuse("needs_consent");
  }
  await releaseLease(accountId, owner);
  return null;
}

/** Tries more than once: the old refresh token may be spent, and the new one is nowhere else. */
async function storeRenewed(accountId: string, owner: string, tokens: IssuedTokens): Promise<boolean> {
  const sealedTokens = sealTokens(accountId, tokens);
  for (let attempt = 1; ; attempt++) {
    try {
      return await writeRenewedTokens(accountId, owner, { sealedTokens, expiresAt: tokens.expiresAt });
    } catch (error) {
      if (attempt === STORE_ATTEMPTS) throw error;
      await pause(LONGEST_PAUSE_MS * attempt);
    }
  }
}

/**
 * Notes that only the person can mend this connection, and tells all their sessions.
 *
 * @returns False when newer tokens have come meanwhile: then the refusal was of the older ones, and means nothing.
 */
async function askForConsent(row: TokenRow, owner: string, now: Date): Promise<boolean> {
  const marked = await inTransaction(async (database) => {
    const userId = await markNeedsConsent(database, row, owner, now);
    return userId && { userId, version: await countClaimsChange(database, userId) };
  });
  if (marked?.version) revocationFeed().noteClaims(marked.userId, marked.version);
  return marked !== null;
}
