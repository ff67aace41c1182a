import { EmailAddressSchema } from "@/features/account/email-address";
import { recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { isRateLimited, type RateLimited } from "@/features/rate-limit/rate-limited";
import type { SessionClaims } from "@/features/session/session-claims";
import { proveByPassword } from "@/features/sign-in/prove-by-password";
import { type Result, refuse } from "@/lib/result";
import { renewAuthentication } from "./renew-authentication";

export type ReauthenticationRefusal = "invalid_credentials" | "session_ended" | RateLimited;

/**
 * Takes the password of whoever is signed in once more, and has the session go on with `auth_time` of now (S14).
 *
 * The cookie is exchanged too, and only the answer to the right password carries the new `auth_time`: a copy of the cookie
 * from before stays as old as it was, also where the grace lets it continue.
 *
 * @param presented - The claims of a live session. Method, `amr` and `aal` stay: nothing is proven that wasn't before, only later.
 * @param password - As typed. An account without one costs the same work and is answered alike.
 * @returns The claims of the next cookie.
 */
export async function reauthenticate(
  presented: SessionClaims,
  password: string,
  now: Date,
  origin?: RequestOrigin,
): Promise<Result<SessionClaims, ReauthenticationRefusal>> {
  const { sub: userId, sid: sessionId } = presented;
  const email = EmailAddressSchema.parse(presented.email);
  const { proven } = await proveByPassword({ email, password }, now, origin);
  if (!proven.ok && isRateLimited(proven.refusal)) return refuse(proven.refusal);
  // The address may have gone to another account since this cookie was written.
  if (!proven.ok || proven.value.userId !== userId) {
    const details = { method: "password" };
    await recordAuditEvent({ kind: "reauthentication_failed", userId, sessionId, details, ...(origin && { origin }) });
    return refuse("invalid_credentials");
  }
  return renewAuthentication(presented, { method: "password", ...(origin && { origin }) }, now);
}
