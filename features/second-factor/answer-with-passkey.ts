import { provePasskey } from "@/features/passkey/prove-passkey";
import type { AuthenticationResponse } from "@/features/passkey/schema";
import type { SessionClaims } from "@/features/session/session-claims";
import type { StartRefusal } from "@/features/session/start-session";
import { type Result, refuse } from "@/lib/result";
import { completeChallenge, findChallenge, type SecondFactorProof } from "./complete-challenge";

/**
 * Completes a sign-in with a passkey in place of a code. It has to be one of the person whose first factor was right, and its
 * answer to a challenge that was handed out for this: one from a sign-in or a confirmation completes nothing (A60).
 *
 * A refused one counts against nobody: there is nothing to guess in a signature.
 *
 * @param challengeToken - What the challenge cookie holds, unverified.
 * @param response - The passkey's answer, unverified.
 */
export async function answerWithPasskey(
  challengeToken: string,
  response: AuthenticationResponse,
  request: Omit<SecondFactorProof, "userId" | "amr">,
  now: Date,
): Promise<Result<SessionClaims, "invalid_passkey" | "challenge_expired" | StartRefusal>> {
  const challenge = await findChallenge(challengeToken, now);
  if (!challenge) return refuse("challenge_expired");
  const use = { purpose: "second_factor", userId: challenge.userId } as const;
  const proven = await provePasskey(response, use, request.origin, now);
  if (!proven.ok) return proven;
  return completeChallenge(challengeToken, { ...request, ...proven.value }, now);
}
