import type { RequestOrigin } from "@/features/audit/request-origin";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import type { SessionClaims } from "@/features/session/session-claims";
import type { StartRefusal } from "@/features/session/start-session";
import { hashToken } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import { checkCode } from "./check-code";
import { beginCompleteSession } from "./complete-challenge";
import {
  countChallengeTry,
  deleteChallenge,
  type FirstFactor,
  findChallengeByHash,
  lockTries,
  uncountChallengeTry,
} from "./data";
import { judgeWithinLimits } from "./judge-within-limits";

/** What came of a code for a sign-in that waits. */
export type ChallengeAnswer =
  | { readonly outcome: "signed_in"; readonly claims: SessionClaims }
  | { readonly outcome: "invalid_code" | "challenge_expired" | StartRefusal }
  | { readonly outcome: "locked"; readonly lockedUntil: Date };

/** A code as it was typed, and the request that brought it. */
interface TypedCode {
  /** Unverified. */
  readonly code: string;
  readonly origin: RequestOrigin;
  /** The session cookie that came along, unverified: its session ends, as with every sign-in. */
  readonly presentedCookie: string | undefined;
  /** What the browser is recognised by at its next sign-in. */
  readonly deviceToken?: string | undefined;
}

type Judged = Exclude<ChallengeAnswer, { outcome: "signed_in" }> | { outcome: "right"; challenge: FirstFactor };

/**
 * Completes a sign-in with a code of the authenticator app or a recovery code.
 *
 * @param challengeToken - What the challenge cookie holds, unverified.
 */
export async function answerChallenge(
  challengeToken: string | undefined,
  typed: TypedCode,
  now: Date,
): Promise<ChallengeAnswer> {
  if (!challengeToken) return { outcome: "challenge_expired" };
  const judged = await judgeWithinLimits(
    typed,
    now,
    () => judge(hashToken(challengeToken), typed, now),
    ({ outcome }) => outcome === "invalid_code" || outcome === "challenge_expired",
  );
  wakeMailWorker();
  if (!("outcome" in judged)) return { outcome: "locked", ...judged };
  if (judged.outcome !== "right") return judged;
  // RFC 8176 has no value of its own for a recovery code, which is a one-time password like the other.
  const begun = await beginCompleteSession(judged.challenge, { ...typed, amr: ["otp"] }, now);
  return begun.ok ? { outcome: "signed_in", claims: begun.value } : { outcome: begun.refusal };
}

/**
 * One transaction: a guess is counted if it was judged, and judged only if it is counted. The person's tries are locked first, here
 * and wherever a code is judged, so that no two such transactions wait for each other.
 */
function judge(tokenHash: Uint8Array<ArrayBuffer>, { code, origin }: TypedCode, now: Date): Promise<Judged> {
  return inTransaction(async (database): Promise<Judged> => {
    const challenge = await findChallengeByHash(tokenHash, now, database);
    if (!challenge) return { outcome: "challenge_expired" };
    await lockTries(database, challenge.userId, now);
    if (!(await countChallengeTry(database, tokenHash, now))) return { outcome: "challenge_expired" };
    const verdict = await checkCode(database, { userId: challenge.userId, code, origin }, now);
    if (verdict === "invalid_code") return { outcome: verdict };
    if (verdict === "right") {
      await deleteChallenge(database, tokenHash);
      return { outcome: verdict, challenge };
    }
    await uncountChallengeTry(database, tokenHash);
    return { outcome: "locked", ...verdict };
  });
}
