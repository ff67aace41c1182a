import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { mustStepUp } from "@/features/second-factor/must-step-up";
import type { SessionClaims } from "@/features/session/session-claims";
import { systemClock } from "@/lib/clock";
import { Problem } from "./problem";

/**
 * Holds a call of the API to what `requireRecentAuthentication` holds pages and actions to (S14).
 *
 * @param claims - Of the session that acts, by cookie or access token.
 * @throws Problem `recent_authentication_required`: the client signs in again and repeats the call.
 */
export function requireRecentApiAuthentication(claims: Pick<SessionClaims, "auth_time">, maxAgeSeconds: number): void {
  if (authenticatedWithin(claims.auth_time, maxAgeSeconds, systemClock())) return;
  throw new Problem("recent_authentication_required", { members: { maxAgeSeconds } });
}

/**
 * Holds a call of the API to the second factor of whoever has one: in a browser that they trust they signed in without.
 *
 * @throws Problem `step_up_required`: the client signs in again with both factors and repeats the call.
 */
export async function requireApiStepUp(claims: Pick<SessionClaims, "sub" | "aal">): Promise<void> {
  if (await mustStepUp(claims)) throw new Problem("step_up_required");
}
