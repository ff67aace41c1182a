import { randomInt } from "node:crypto";

import { findAccountByEmail } from "@/features/account/data";
import type { EmailAddress } from "@/features/account/email-address";
import { countMailsByKind } from "@/features/mail/data";
import { mailToAddress } from "@/features/mail/mail-to-address";
import { MAIL_ANSWER_MS, MAIL_PERIOD_SECONDS } from "@/features/mail/policy";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { lockAddress } from "@/features/sign-up/data";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import type { Language } from "@/lib/i18n/languages";
import { noSoonerThan } from "@/lib/no-sooner-than";
import { hashCode } from "./code";
import { replaceMagicLink } from "./data";
import { magicLinkMail } from "./mails";
import { CODE_DIGITS, MAGIC_LINK_LIFETIME_SECONDS, MAX_MAGIC_LINK_MAILS } from "./policy";

/** Somebody who wants in by mail. */
interface MagicLinkRequest {
  readonly email: EmailAddress;
  readonly remember: boolean;
  /** The language of the request. */
  readonly askedIn?: Language | undefined;
}

/**
 * Mails a link and a code that sign in to an account, and kills the address's earlier ones. An address without an account
 * gets no mail, and no account either; the answer, its time and the row that is written are the same (A20).
 *
 * @returns The token for the asking browser's cookie, without which neither link nor code does anything, and its expiry.
 */
export async function requestMagicLink(
  request: MagicLinkRequest,
  now: Date,
): Promise<{ browserToken: string; expiresAt: Date }> {
  return await noSoonerThan(MAIL_ANSWER_MS, issue(request, now));
}

async function issue(
  { email, remember, askedIn }: MagicLinkRequest,
  now: Date,
): Promise<{ browserToken: string; expiresAt: Date }> {
  const [token, browserToken] = [randomToken(), randomToken()];
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
  const expiresAt = addSeconds(now, MAGIC_LINK_LIFETIME_SECONDS);
  await inTransaction(async (database) => {
    await lockAddress(database, email);
    const account = await findAccountByEmail(database, email);
    const mails = await countMailsByKind(database, email, addSeconds(now, -MAIL_PERIOD_SECONDS));
    // The newest link goes on working: nobody makes it void by asking again and again.
    if ((mails.magic_link ?? 0) >= MAX_MAGIC_LINK_MAILS) return;
    const hashes = {
      tokenHash: hashToken(token),
      codeHash: hashCode(code, browserToken),
      browserHash: hashToken(browserToken),
    };
    await replaceMagicLink(database, { email, remember, createdAt: now, expiresAt, ...hashes });
    if (!account || account.disabledAt) return;
    const content = magicLinkMail({ token, code });
    await mailToAddress(database, { kind: "magic_link", to: email, content, askedIn }, now);
  });
  wakeMailWorker();
  return { browserToken, expiresAt };
}
