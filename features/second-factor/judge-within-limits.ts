import type { RequestOrigin } from "@/features/audit/request-origin";
import { limitRequest } from "@/features/rate-limit/limit-request";
import { secondsToWait } from "@/features/rate-limit/rate-limited";
import { parseRecoveryCode } from "@/features/recovery-code/recovery-code";
import { addSeconds } from "@/lib/clock";

/** A code as it was typed, and from where. */
interface TypedCode {
  readonly code: string;
  readonly origin: RequestOrigin;
}

/**
 * Has a code judged if the network that it comes from has tries left, and counts it unless it was right: whoever guesses
 * at the codes of many accounts is slowed as whoever guesses at one is (A42). Recovery codes are let through: nobody guesses
 * 120 bits.
 *
 * Not inside of the transaction that judges: each would hold one connection and wait for another.
 *
 * @param isWrong - Whether the verdict is that of a wrong guess.
 */
export async function judgeWithinLimits<Verdict>(
  { code, origin }: TypedCode,
  now: Date,
  judge: () => Promise<Verdict>,
  isWrong: (verdict: Verdict) => boolean,
): Promise<Verdict | { readonly lockedUntil: Date }> {
  if (parseRecoveryCode(code)) return await judge();
  const taken = await limitRequest("code", origin);
  if (!taken.ok) return { lockedUntil: addSeconds(now, secondsToWait(taken.refusal)) };
  const verdict = await judge();
  if (!isWrong(verdict)) await taken.value.giveBack();
  return verdict;
}
