import { randomUUID } from "node:crypto";
import { openJwe, sealJwe } from "@/lib/crypto/direct-jwe";
import { sealingSecret } from "@/lib/crypto/sealing-secret";
import { env } from "@/lib/env/env";
import {
  type CookieAttributes,
  expiredCookieAttributes,
  hostCookieAttributes,
  hostCookieName,
} from "@/lib/host-cookie";
import { onceInRequest } from "@/lib/request-context";
import { CLOCK_TOLERANCE_SECONDS } from "./policy";
import { type SessionClaims, SessionClaimsSchema } from "./session-claims";

/** The cookie's name. */
export function sessionCookieName(): string {
  return hostCookieName("authjs.session-token");
}

/** How the cookie is to be set for these claims: until the session's absolute end, or until the browser closes. */
export function sessionCookieAttributes(claims: Pick<SessionClaims, "remember" | "abs"> | null): CookieAttributes {
  if (claims === null) return expiredCookieAttributes();
  return hostCookieAttributes(claims.remember ? new Date(claims.abs * 1000) : null);
}

/** The cookie's value for these claims. */
export function sealSessionCookie(claims: SessionClaims): string {
  return sealJwe({ ...claims, jti: randomUUID() }, sealingSecret(), sessionCookieName());
}

/**
 * Opens a session cookie.
 *
 * @param value - As received, unverified.
 * @returns Its claims, authentic but possibly out of window, revoked or superseded; null for anything that isn't a session cookie of ours.
 */
export function openSessionCookie(value: string | undefined, now: Date): SessionClaims | null {
  if (!value) return null;
  const claims = onceInRequest(`session cookie ${value}`, () => readClaims(value));
  if (!claims) return null;
  const expired = claims.exp + CLOCK_TOLERANCE_SECONDS <= now.getTime() / 1000;
  // An expired cookie still says whose session it was, and so why it ended; only the row decides.
  return expired ? { ...claims, win: 0 } : claims;
}

function readClaims(value: string): SessionClaims | null {
  const opened = openJwe(value, env().AUTH_SECRET, sessionCookieName());
  return opened && (SessionClaimsSchema.safeParse(opened).data ?? null);
}
