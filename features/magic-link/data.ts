import "server-only";

import type { EmailAddress } from "@/features/account/email-address";
import { type Database, db } from "@/lib/db";
import { MAX_CODE_TRIES } from "./policy";

/** The hashes of what was mailed, and of the cookie of the browser that asked. */
export interface MagicLinkHashes {
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly codeHash: Uint8Array<ArrayBuffer>;
  readonly browserHash: Uint8Array<ArrayBuffer>;
}

/** What a link or a code was for. */
export interface SpentMagicLink {
  readonly email: EmailAddress;
  readonly remember: boolean;
}

/** Writes a link, in place of the address's earlier one. */
export async function replaceMagicLink(
  database: Database,
  link: MagicLinkHashes & SpentMagicLink & { createdAt: Date; expiresAt: Date },
): Promise<void> {
  await database.magicLink.deleteMany({ where: { email: link.email } });
  await database.magicLink.create({ data: link, select: { id: true } });
}

/** The hash of the browser that a live link belongs to; null when there is no such link. */
export async function findBrowserOfLink(
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await db().magicLink.findFirst({
    where: { tokenHash, expiresAt: { gt: now }, failures: { lt: MAX_CODE_TRIES } },
    select: { browserHash: true },
  });
  return row?.browserHash ?? null;
}

/** Deletes a live link of this browser by its token: of parallel callers, one gets what it was for. */
export async function spendByToken(
  database: Database,
  { tokenHash, browserHash }: Pick<MagicLinkHashes, "tokenHash" | "browserHash">,
  now: Date,
): Promise<SpentMagicLink | null> {
  const rows = await database.$queryRaw<SpentMagicLink[]>`
    DELETE FROM magic_links
    WHERE token_hash = ${tokenHash} AND browser_hash = ${browserHash} AND failures < ${MAX_CODE_TRIES} AND expires_at > ${now}
    RETURNING email, remember`;
  return rows[0] ?? null;
}

/**
 * Takes one of the tries of this browser's live link. It is counted before the code is looked at, so that guesses that come
 * at once are counted one by one.
 *
 * @returns The link's id and code hash; null when there is none, or no try is left.
 */
export async function takeTry(
  database: Database,
  browserHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<{ id: string; codeHash: Uint8Array<ArrayBuffer> } | null> {
  const [row] = await database.magicLink.updateManyAndReturn({
    where: { browserHash, expiresAt: { gt: now }, failures: { lt: MAX_CODE_TRIES } },
    data: { failures: { increment: 1 } },
    select: { id: true, codeHash: true },
  });
  return row ?? null;
}

/** Deletes a link whose code was right: of parallel callers, one gets what it was for. */
export async function spendById(database: Database, id: string): Promise<SpentMagicLink | null> {
  const rows = await database.$queryRaw<SpentMagicLink[]>`
    DELETE FROM magic_links WHERE id = ${id}::uuid RETURNING email, remember`;
  return rows[0] ?? null;
}
