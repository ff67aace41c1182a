import { EmailAddressSchema } from "@/features/account/email-address";
import { recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { makeClaims } from "@/features/session/make-claims";
import { sessionLifetimes } from "@/features/session/policy";
import { planRotation, rotateSession } from "@/features/session/rotate-session";
import type { RepeatedClaims, SessionClaims } from "@/features/session/session-claims";
import { proveByPassword } from "@/features/sign-in/prove-by-password";
import { epochSeconds } from "@/lib/clock";
import { Failure } from "@/lib/failure";
import { ok, type Result, refuse } from "@/lib/result";
import { advanceAuthentication } from "./data";

export type ReauthenticationRefusal = "invalid_credentials" | "session_ended";

/** Another tab can rotate the session while the password is checked; it does so at most a few times. */
const MAX_ATTEMPTS = 3;

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
  const { proven } = await proveByPassword({ email, password }, now);
  // The address may have gone to another account since this cookie was written.
  if (!proven.ok || proven.value.userId !== userId) {
    const details = { method: "password" };
    await recordAuditEvent({ kind: "reauthentication_failed", userId, sessionId, details, ...(origin && { origin }) });
    return refuse("invalid_credentials");
  }
  return renewAuthentication(presented, now, origin);
}

async function renewAuthentication(
  presented: SessionClaims,
  now: Date,
  origin: RequestOrigin | undefined,
): Promise<Result<SessionClaims, "session_ended">> {
  const lifetimes = sessionLifetimes();
  let claims = presented;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const rotation = planRotation(claims, now);
    const moved = await advanceAuthentication(rotation, presented.sub, { method: "password", origin });
    const birth = { ...claims, auth_time: epochSeconds(now) };
    if (moved) return ok(makeClaims(birth, moved.generation, personOf(claims), rotation.idleExpiresAt, lifetimes, now));
    const rotated = await rotateSession(claims, now, origin);
    if (rotated.state === "ended") return refuse("session_ended");
    claims = rotated.claims;
  }
  throw new Failure("session_contended", "A session was rotated faster than its authentication could be renewed.");
}

function personOf(claims: SessionClaims): RepeatedClaims {
  const { email, name, picture: image, roles, cv: claimsVersion } = claims;
  return { email, name, image, roles, claimsVersion, needsConsent: claims.err !== undefined };
}
