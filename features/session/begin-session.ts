import { greetDevice } from "@/features/known-device/greet-device";
import type { Result } from "@/lib/result";
import { endSession } from "./end-session";
import type { SessionClaims } from "./session-claims";
import { openSessionCookie } from "./session-cookie";
import { type SignInProof, type StartRefusal, startSession } from "./start-session";

/**
 * Begins a session in a browser, in place of the one that it may hold: a cookie that somebody planted or copied before the
 * sign-in is worth nothing after it (session fixation, ASVS 5.0 V7.2.4). A browser that is new to the account is told of.
 *
 * @param presentedCookie - The session cookie that came with the sign-in, unverified.
 */
export async function beginSession(
  proof: SignInProof,
  presentedCookie: string | undefined,
  now: Date,
): Promise<Result<SessionClaims, StartRefusal>> {
  const begun = await startSession(proof, now);
  if (!begun.ok) return begun;
  const { deviceToken } = proof;
  if (deviceToken) await greetDevice({ ...proof, deviceToken, sessionId: begun.value.sid }, now);
  const previous = openSessionCookie(presentedCookie, now);
  if (previous) await endSession(previous, "signed_out", now, proof);
  return begun;
}
