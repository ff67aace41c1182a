import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { revocationFeed } from "@/features/session/revocation-feed";
import type { SessionClaims } from "@/features/session/session-claims";
import { succeedSession } from "@/features/session-successor/succeed-session";
import { forgetWrongPasswords } from "@/features/sign-in/take-password-try";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { findPasswordHash, lockAccount } from "./data";
import type { PasswordEvent } from "./mails";
import { replacePassword } from "./replace-password";

/** The session that asks. */
export interface ActingSession {
  readonly sid: string;
  readonly sub: UserId;
}

/** Why a password is not replaced although everything that was asked for was right. */
export type ReplacementRefusal = "session_ended" | "replaced_meanwhile";

/**
 * Replaces the password of whoever acts, if it still is the one that they proved to know.
 *
 * @param change.from - The hash that was checked; null when there was none.
 */
export async function replaceOwnPassword(
  acting: ActingSession,
  change: { event: PasswordEvent; from: string | null; to: string },
  origin: RequestOrigin,
  now: Date,
): Promise<Result<SessionClaims, ReplacementRefusal>> {
  const { event, from, to: hash } = change;
  const replaced = await inTransaction(async (database) => {
    const held = await lockAccount(database, acting.sub);
    if (!held) return refuse("session_ended");
    if ((await findPasswordHash(database, held.userId)) !== from) return refuse("replaced_meanwhile");
    const successor = await succeedSession(database, acting, now);
    if (!successor) return refuse("session_ended");
    const sessions = { actingId: acting.sid, except: successor.sid };
    const ended = await replacePassword(database, held, { event, hash, sessions, origin }, now);
    return ok({ successor, ended, email: held.email });
  });
  if (!replaced.ok) return replaced;
  const { successor, ended, email } = replaced.value;
  revocationFeed().noteEnded(ended, "password_changed");
  wakeMailWorker();
  await forgetWrongPasswords(email);
  return ok(successor);
}
