import { checkSession } from "@/features/session/check-session";
import type { SessionEndReason } from "@/features/session/end-reason";
import type { Translator } from "@/lib/i18n/translator";
import { findSessionEnd } from "./data";
import { describeDevice } from "./describe-device";

/** How the session of a browser came to its end. */
export interface SessionEnd {
  readonly reason: SessionEndReason;
  /** Which device it was on and when it ended; null when its row is gone. */
  readonly where: { readonly device: string; readonly endedAt: Date } | null;
}

/**
 * Tells a browser that still holds the cookie of an ended session what became of it (S11). Only that cookie gets an answer,
 * so nobody learns anything of a session that wasn't theirs.
 *
 * @param cookie - As received, unverified.
 * @returns null when there is nothing to tell: no cookie of ours, a live session, or a database that can't be asked.
 */
export async function explainEnd(
  t: Translator<"account">,
  cookie: string | undefined,
  now: Date,
): Promise<SessionEnd | null> {
  const check = await checkSession(cookie, { now, mayRotate: false });
  if (check.state !== "ended") return null;
  const end = await findSessionEnd(check.claims.sid);
  if (end) return { reason: check.reason, where: { device: describeDevice(t, end.userAgent), endedAt: end.endedAt } };
  // Rows are swept once their time is over; from then on a missing one says nothing of the account.
  const outOfTime = check.claims.abs <= now.getTime() / 1000;
  return { reason: outOfTime ? "absolute_timeout" : check.reason, where: null };
}
