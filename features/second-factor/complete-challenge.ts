import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { beginSession } from "@/features/session/begin-session";
import type { SessionClaims } from "@/features/session/session-claims";
import type { StartRefusal } from "@/features/session/start-session";
import { hashToken } from "@/lib/crypto/random-token";
import { type Result, refuse } from "@/lib/result";
import { type FirstFactor, findChallengeByHash, takeChallenge } from "./data";

/** A second factor that was proven, whichever kind it is. */
export interface SecondFactorProof {
  /** Whose factor it was: it completes nobody else's sign-in. */
  readonly userId: UserId;
  /** RFC 8176: "otp" for a code, "hwk" or "swk" for a passkey. */
  readonly amr: readonly string[];
  readonly origin: RequestOrigin;
  /** The session cookie that came along, unverified: its session ends, as with every sign-in. */
  readonly presentedCookie: string | undefined;
  /** What the browser is recognised by at its next sign-in. */
  readonly deviceToken?: string | undefined;
}

/**
 * The sign-in that waits in this browser, if there is one.
 *
 * @param challengeToken - What the challenge cookie holds, unverified.
 */
export async function findChallenge(challengeToken: string | undefined, now: Date): Promise<FirstFactor | null> {
  return challengeToken ? findChallengeByHash(hashToken(challengeToken), now) : null;
}

/**
 * Completes a sign-in whose second factor was proven just now, and begins its session with assurance level 2. Once: of parallel
 * calls with one token one begins a session.
 *
 * @param challengeToken - What the challenge cookie holds, unverified.
 */
export async function completeChallenge(
  challengeToken: string,
  proof: SecondFactorProof,
  now: Date,
): Promise<Result<SessionClaims, "challenge_expired" | StartRefusal>> {
  const challenge = await takeChallenge(hashToken(challengeToken), proof.userId, now);
  return challenge ? beginCompleteSession(challenge, proof, now) : refuse("challenge_expired");
}

/** Begins the session of a sign-in of which both factors are proven. */
export function beginCompleteSession(
  { userId, method, amr, remember, providerSession }: FirstFactor,
  proof: Omit<SecondFactorProof, "userId">,
  now: Date,
): Promise<Result<SessionClaims, StartRefusal>> {
  const { deviceToken } = proof;
  const proven = [...new Set([...amr, ...proof.amr, "mfa"])];
  const signIn = {
    userId,
    method,
    aal: 2 as const,
    amr: proven,
    remember,
    deviceToken,
    providerSession,
    ...proof.origin,
  };
  return beginSession(signIn, proof.presentedCookie, now);
}
