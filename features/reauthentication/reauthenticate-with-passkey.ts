import type { RequestOrigin } from "@/features/audit/request-origin";
import { provePasskey } from "@/features/passkey/prove-passkey";
import type { AuthenticationResponse } from "@/features/passkey/schema";
import type { SessionClaims } from "@/features/session/session-claims";
import type { Result } from "@/lib/result";
import { renewAuthentication } from "./renew-authentication";

/**
 * Takes a passkey of whoever is signed in, in place of their password, and has the session go on with `auth_time` of now
 * (S14). A passkey verifies its person, so that it rises to assurance level 2.
 *
 * @param presented - The claims of a live session.
 * @param response - The passkey's answer, unverified.
 * @returns The claims of the next cookie.
 */
export async function reauthenticateWithPasskey(
  presented: SessionClaims,
  response: AuthenticationResponse,
  now: Date,
  origin: RequestOrigin,
): Promise<Result<SessionClaims, "invalid_passkey" | "session_ended">> {
  const proven = await provePasskey(response, { purpose: "step_up", userId: presented.sub }, origin, now);
  if (!proven.ok) return proven;
  return renewAuthentication(presented, { method: "passkey", secondFactor: proven.value.amr, origin }, now);
}
