import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { storeTokens } from "@/features/provider-token/store-tokens";
import { openIssuedTokens } from "@/features/provider-token/token-set";
import { hashToken } from "@/lib/crypto/random-token";
import { type Database, inTransaction } from "@/lib/db";
import { type Result, refuse } from "@/lib/result";
import { deleteHeldIdentity, findHeldIdentity, type HeldIdentity, spendHeldIdentity } from "./data";
import { heldContext } from "./hold-identity";
import { type Connecting, type LinkRefusal, linkIdentity } from "./link-identity";

/** What came of it, and at which provider: null when nothing is kept for this browser. */
export type Confirmed = Result<unknown, LinkRefusal | "expired"> & { readonly provider: string | null };

/** The identity that a browser's token stands for, while it is kept; null for any other token. */
export async function findIdentityToConfirm(token: string, now: Date): Promise<HeldIdentity | null> {
  return inTransaction((database) => findHeldIdentity(database, hashToken(token), now));
}

/**
 * Links an identity that was kept, to the account of whoever is signed in: the very account that has its address.
 *
 * @param acting - Whoever has just proved to be the account's owner, and asks for it.
 * @param token - What the browser holds, unverified.
 * @returns `expired` also for a token that belongs to another account, which changes nothing.
 */
export async function confirmConnection(acting: Connecting, token: string, now: Date): Promise<Confirmed> {
  const tokenHash = hashToken(token);
  const { held, linked } = await inTransaction(async (database) => {
    const found = await findHeldIdentity(database, tokenHash, now);
    return { held: found, linked: found ? await link(database, acting, found, tokenHash, now) : refuse("expired") };
  });
  if (!held || !linked.ok) return { ...linked, provider: held?.provider ?? null };

  wakeMailWorker();
  const tokens = held.sealedTokens && openIssuedTokens(heldContext(token), held.sealedTokens);
  if (tokens) await storeTokens(held, tokens);
  return { ...linked, provider: held.provider };
}

async function link(
  database: Database,
  acting: Connecting,
  held: HeldIdentity,
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<Result<unknown, LinkRefusal | "expired">> {
  const { userId } = acting;
  if (held.userId !== userId || !(await spendHeldIdentity(database, { tokenHash, userId }, now))) {
    return refuse("expired");
  }
  return linkIdentity(database, acting, held, now);
}

/** Forgets an identity that was kept, at the wish of whoever came with it. */
export async function declineConnection(token: string): Promise<void> {
  await inTransaction((database) => deleteHeldIdentity(database, hashToken(token)));
}
