import type { RequestOrigin } from "@/features/audit/request-origin";
import { makeClaims } from "@/features/session/make-claims";
import { sessionLifetimes } from "@/features/session/policy";
import { planRotation, rotateSession } from "@/features/session/rotate-session";
import type { RepeatedClaims, SessionClaims } from "@/features/session/session-claims";
import { epochSeconds } from "@/lib/clock";
import { Failure } from "@/lib/failure";
import { ok, type Result, refuse } from "@/lib/result";
import { advanceAuthentication } from "./data";

/** Another tab can rotate the session while a proof is checked; it does so at most a few times. */
const MAX_ATTEMPTS = 3;

/** What was proven just now by whoever is signed in. */
export interface RenewedProof {
  /** For the audit log: "password", "totp", "passkey". */
  readonly method: string;
  /** A second factor, by its RFC 8176 values: the session rises to assurance level 2. Without one its level stays. */
  readonly secondFactor?: readonly string[];
  readonly origin?: RequestOrigin;
}

/**
 * Has a session go on with `auth_time` of now, after the caller checked a proof (S14).
 *
 * The cookie is exchanged too, and only this answer carries the new `auth_time` and level: a copy of the cookie from before stays
 * as it was, also where the grace lets it continue.
 *
 * @param presented - The claims of a live session.
 * @returns The claims of the next cookie.
 */
export async function renewAuthentication(
  presented: SessionClaims,
  proof: RenewedProof,
  now: Date,
): Promise<Result<SessionClaims, "session_ended">> {
  const { method, secondFactor, origin } = proof;
  const lifetimes = sessionLifetimes();
  const aal = secondFactor ? 2 : presented.aal;
  const amr = secondFactor ? [...new Set([...presented.amr, ...secondFactor, "mfa"])] : presented.amr;
  let claims = presented;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const rotation = planRotation(claims, now);
    const moved = await advanceAuthentication(rotation, presented.sub, { method, aal, amr, origin });
    const birth = { ...claims, auth_time: epochSeconds(now), aal, amr };
    if (moved) return ok(makeClaims(birth, moved.generation, personOf(claims), rotation.idleExpiresAt, lifetimes, now));
    const rotated = await rotateSession(claims, now, origin);
    if (rotated.state === "ended") return refuse("session_ended");
    claims = rotated.claims;
  }
  throw new Failure("session_contended", "A session was rotated faster than its authentication could be renewed.");
}

function personOf(claims: SessionClaims): RepeatedClaims {
  const {
    email,
    name,
    picture: image,
    locale = null,
    zoneinfo: timeZone = null,
    terms: termsVersion = null,
    roles,
    cv: claimsVersion,
  } = claims;
  const deletionDueAt = claims.due === undefined ? null : new Date(claims.due * 1000);
  const needsConsent = claims.err !== undefined;
  return { email, name, image, locale, timeZone, termsVersion, roles, claimsVersion, needsConsent, deletionDueAt };
}
