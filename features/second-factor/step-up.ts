import type { RequestOrigin } from "@/features/audit/request-origin";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { renewAuthentication } from "@/features/reauthentication/renew-authentication";
import type { SessionClaims } from "@/features/session/session-claims";
import { inTransaction } from "@/lib/db";
import { checkCode } from "./check-code";
import { judgeWithinLimits } from "./judge-within-limits";

/** What came of a code for a session that goes on. */
export type StepUpOutcome =
  | { readonly outcome: "raised"; readonly claims: SessionClaims }
  | { readonly outcome: "invalid_code" | "session_ended" }
  | { readonly outcome: "locked"; readonly lockedUntil: Date };

/**
 * Has somebody who is signed in with one factor prove the second: the session rises to assurance level 2.
 *
 * @param presented - The claims of a live session.
 * @param code - As typed, unverified. Wrong ones count as they do at sign-in.
 */
export async function stepUp(
  presented: SessionClaims,
  code: string,
  origin: RequestOrigin,
  now: Date,
): Promise<StepUpOutcome> {
  const { sub: userId, sid: sessionId } = presented;
  const entry = { userId, sessionId, code, origin };
  const verdict = await judgeWithinLimits(
    entry,
    now,
    () => inTransaction((database) => checkCode(database, entry, now)),
    (judged) => judged === "invalid_code",
  );
  wakeMailWorker();
  if (typeof verdict === "object") return { outcome: "locked", ...verdict };
  if (verdict === "invalid_code") return { outcome: verdict };
  const raised = await renewAuthentication(presented, { method: "otp", secondFactor: ["otp"], origin }, now);
  return raised.ok ? { outcome: "raised", claims: raised.value } : { outcome: raised.refusal };
}
