import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { isAllowed, type Role } from "@/access";
import { auth, type Session } from "@/auth";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { mustStepUp } from "@/features/second-factor/must-step-up";
import type { SessionClaims } from "@/features/session/session-claims";
import {
  openSessionCookie,
  sealSessionCookie,
  sessionCookieAttributes,
  sessionCookieName,
} from "@/features/session/session-cookie";
import { epochSeconds, systemClock } from "@/lib/clock";
import { Failure } from "@/lib/failure";

/** The session, or null for a visitor, and while nobody can be recognised. For pages that show themselves to both. */
export async function getSession(): Promise<Session | null> {
  try {
    return await auth();
  } catch (error) {
    if (error instanceof Failure && error.code === "session_unavailable") return null;
    throw error;
  }
}

/**
 * The session; a visitor is sent to sign in first, and whoever's account is due for deletion to decide about that.
 *
 * @param callbackUrl - The path to come back to.
 */
export async function requireSession(callbackUrl: string): Promise<Session> {
  const session = await auth();
  if (!session) redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  if (session.deletionDueAt) redirect(`/account-restore?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  return session;
}

/**
 * The session of somebody whose account is due for deletion, and when it is. Everybody else is led on.
 *
 * @param callbackUrl - The path to go on to.
 */
export async function requireSessionDueForDeletion(
  callbackUrl: string,
): Promise<Session & { readonly deletionDueAt: string }> {
  const session = await auth();
  if (!session?.deletionDueAt) redirect(session ? callbackUrl : "/sign-in");
  return { ...session, deletionDueAt: session.deletionDueAt };
}

/**
 * The session of somebody with a role; others are sent to the page that says so.
 *
 * @public For pages of yours: no page that comes with Latchkey asks for a role.
 */
export async function requireRole(role: Role, callbackUrl: string): Promise<Session> {
  const session = await requireSession(callbackUrl);
  return isAllowed({ role }, session.user.roles) ? session : redirect("/forbidden");
}

/**
 * The session of somebody who has proved recently who they are (S14), with both factors if they have two; others are asked to,
 * and come back.
 *
 * @param maxAgeSeconds - How long ago that may be, at least 60.
 * @param callbackUrl - The path to come back to. For an action: the page where what it was to do is one press away.
 */
export async function requireRecentAuthentication(maxAgeSeconds: number, callbackUrl: string): Promise<Session> {
  const session = await requireSession(callbackUrl);
  const authTime = epochSeconds(new Date(session.session.authTime));
  if (!authenticatedWithin(authTime, maxAgeSeconds, systemClock())) {
    redirect(`/re-authenticate?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  }
  return requireStepUp(callbackUrl);
}

/**
 * The session of somebody who has proved both factors, if they have two: whoever signed in with one, in a browser that they
 * trust, is asked for the other, and comes back (S14). For what takes a password as well.
 *
 * @param callbackUrl - The path to come back to.
 */
export async function requireStepUp(callbackUrl: string): Promise<Session> {
  const session = await requireSession(callbackUrl);
  if (await mustStepUp({ sub: session.user.id, aal: session.session.aal })) {
    redirect(`/second-factor?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  }
  return session;
}

/** The session cookie as the gate left it, unverified: rotated, if this request was the one to rotate it. */
export async function sessionCookieValue(): Promise<string | undefined> {
  return (await cookies()).get(sessionCookieName())?.value;
}

/** Replaces the session cookie. Only in a server action. */
export async function setSessionCookie(claims: SessionClaims): Promise<void> {
  (await cookies()).set(sessionCookieName(), sealSessionCookie(claims), sessionCookieAttributes(claims));
}

/** Has the browser forget the session cookie, once its session has ended. Only in a server action. */
export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(sessionCookieName(), "", sessionCookieAttributes(null));
}

/**
 * Makes the session cookie that a sign-in has just set last no longer than the person asked for: Auth.js dates every one.
 * Call it in a server action after `signIn`.
 */
export async function keepAskedLifetime(): Promise<void> {
  const jar = await cookies();
  const value = jar.get(sessionCookieName())?.value;
  const claims = openSessionCookie(value, systemClock());
  if (value && claims && !claims.remember) jar.set(sessionCookieName(), value, sessionCookieAttributes(claims));
}
