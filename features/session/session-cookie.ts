import { randomUUID } from "node:crypto";
import { openJwe, sealJwe } from "@/lib/crypto/direct-jwe";
import { sealingSecret } from "@/lib/crypto/sealing-secret";
import { env } from "@/lib/env/env";
import { CLOCK_TOLERANCE_SECONDS } from "./policy";
import { type SessionClaims, SessionClaimsSchema } from "./session-claims";

/** The attributes of a cookie, as Next's and Auth.js's cookie stores take them. */
export interface CookieAttributes {
  readonly httpOnly: true;
  readonly sameSite: "lax";
  readonly path: "/";
  readonly secure: boolean;
  readonly expires?: Date;
}

/**
 * The cookie's name. Over https its prefix makes browsers refuse one that a sibling host or a plain http page set.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2
 */
export function sessionCookieName(): string {
  return isSecure() ? "__Host-authjs.session-token" : "authjs.session-token";
}

const isSecure = () => env().AUTH_URL.protocol === "https:";

/** How the cookie is to be set for these claims: until the session's absolute end, or until the browser closes. */
export function sessionCookieAttributes(claims: Pick<SessionClaims, "remember" | "abs"> | null): CookieAttributes {
  const base = { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
  if (claims === null) return { ...base, expires: new Date(0) };
  return claims.remember ? { ...base, expires: new Date(claims.abs * 1000) } : base;
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
  const parsed = SessionClaimsSchema.safeParse(openJwe(value, env().AUTH_SECRET, sessionCookieName()));
  if (!parsed.success) return null;
  const expired = parsed.data.exp + CLOCK_TOLERANCE_SECONDS <= now.getTime() / 1000;
  // An expired cookie still says whose session it was, and so why it ended; only the row decides.
  return expired ? { ...parsed.data, win: 0 } : parsed.data;
}
