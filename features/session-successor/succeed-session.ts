import type { UserId } from "@/features/account/user-id";
import { makeClaims } from "@/features/session/make-claims";
import { sessionLifetimes } from "@/features/session/policy";
import type { SessionClaims } from "@/features/session/session-claims";
import { addSeconds, epochSeconds } from "@/lib/clock";
import type { Database } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";
import { insertSuccessor } from "./data";

/**
 * Has a session go on under a new id, for whoever has just proved once more who they are. The caller ends the old one in the
 * same transaction: every copy of its cookie and its access tokens is then worth nothing (A8 of the attack catalogue).
 *
 * Method, `amr` and `aal` stay, as in `reauthenticate`; so does the absolute end. `auth_time` is now.
 *
 * @returns The claims of the new cookie; null when the old session is over.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#renew-the-session-id-after-any-privilege-level-change
 */
export async function succeedSession(
  database: Database,
  predecessor: { sid: string; sub: UserId },
  now: Date,
): Promise<SessionClaims | null> {
  const { sid: sessionId, sub: userId } = predecessor;
  const lifetimes = sessionLifetimes();
  const id = uuidv7(now);
  const idleExpiresAt = addSeconds(now, lifetimes.idleSeconds);
  const row = await insertSuccessor(database, { sessionId, userId }, { id, authenticatedAt: now, idleExpiresAt });
  if (!row) return null;
  const { method, aal, amr, remember, absoluteExpiresAt } = row;
  const birth = { ...{ sub: userId, sid: id, method, aal, amr, remember }, auth_time: epochSeconds(now) };
  return makeClaims({ ...birth, abs: epochSeconds(absoluteExpiresAt) }, 0, row, idleExpiresAt, lifetimes, now);
}
