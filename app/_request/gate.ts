import { type NextRequest, NextResponse } from "next/server";

import { type AccessRule, accessRuleFor, isAllowed } from "@/access";
import { originOf } from "@/features/audit/request-origin";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { checkSession, type SessionCheck } from "@/features/session/check-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie, sessionCookieAttributes, sessionCookieName } from "@/features/session/session-cookie";
import { systemClock } from "@/lib/clock";
import { isApi } from "@/lib/door";
import { refuseUnsoundAction } from "./action-body";
import { addressOnTheWay } from "./address-on-the-way";
import { refuseApiCall } from "./api-refusal";
import { markRotated } from "./gate-mark";
import { refuseLargeForm } from "./large-form";
import { RETRY_AFTER_SECONDS } from "./route";

const SAFE_METHODS = new Set(["GET", "HEAD"]);
/** Of a page: it is read, and its forms are sent. */
const PAGE_METHODS = ["GET", "HEAD", "POST"];

/**
 * The gate in front of pages and gated API routes: rotates the session when that is due, and applies `access.ts`. What it
 * decides is decided again close to the data.
 */
export async function gate(request: NextRequest): Promise<NextResponse> {
  const { pathname } = request.nextUrl;
  const rule = accessRuleFor(pathname);
  // An access token decides alone: the cookie that comes along with it is neither looked at nor exchanged.
  const byToken = isApi(pathname) && request.headers.has("authorization");
  const cookie = byToken ? undefined : request.cookies.get(sessionCookieName())?.value;
  const check: SessionCheck = cookie
    ? await checkSession(cookie, {
        now: systemClock(),
        mayRotate: true,
        fresh: rule?.fresh === true,
        get origin() {
          return originOf(request.headers);
        },
      })
    : { state: "none" };
  const refusal = isApi(pathname)
    ? refuseApiCall(request, rule, check)
    : (refusePage(request, rule, check) ?? refuseLargeForm(request) ?? (await refuseUnsoundAction(request)));
  return refusal ?? passOn(request, check);
}

function refusePage(request: NextRequest, rule: AccessRule | null, check: SessionCheck): NextResponse | null {
  if (!rule) return show(request, "/_not-found", 404);
  if (!PAGE_METHODS.includes(request.method)) {
    return new NextResponse(null, { status: 405, headers: { Allow: PAGE_METHODS.join(", ") } });
  }
  if (rule.access === "public") return null;
  switch (check.state) {
    case "unavailable":
      return show(request, "/unavailable", 503);
    case "none":
    case "ended":
      return isScriptedAction(request) ? null : sendTo(request, "/sign-in");
    case "live":
      if (!isAllowed(rule.access, check.claims.roles)) return show(request, "/forbidden", 403);
      return mustProveAgain(request, rule, check.claims.auth_time) ? sendTo(request, "/re-authenticate") : null;
  }
}

/** Another page in place of the one that was asked for. */
function show(request: NextRequest, pathname: string, status: number): NextResponse {
  const response = NextResponse.rewrite(new URL(pathname, request.url), { status });
  if (status === 503) response.headers.set("Retry-After", String(RETRY_AFTER_SECONDS));
  return response;
}

/**
 * A server action that the page's script sends: it asks for the session itself, and its script understands a redirect only
 * from the action. Without scripts the form is sent like any other.
 */
function isScriptedAction(request: NextRequest): boolean {
  return request.method === "POST" && request.headers.has("next-action");
}

/** Only where something would be shown: an action asks for itself, and signing out is never made harder. */
function mustProveAgain(request: NextRequest, rule: AccessRule, authTime: number): boolean {
  const maxAgeSeconds = rule.recentAuthenticationSeconds;
  if (maxAgeSeconds === undefined || !SAFE_METHODS.has(request.method)) return false;
  return !authenticatedWithin(authTime, maxAgeSeconds, systemClock());
}

function sendTo(request: NextRequest, pathname: "/sign-in" | "/re-authenticate"): NextResponse {
  const target = addressOnTheWay(pathname, request.nextUrl.pathname + request.nextUrl.search);
  // A form that was sent must not be sent again, to the sign-in page.
  const response = NextResponse.redirect(target, SAFE_METHODS.has(request.method) ? 307 : 303);
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

/** Lets the request through, as it is unless its cookie was exchanged: Next compares every header that it is handed anew. */
function passOn(request: NextRequest, check: SessionCheck): NextResponse {
  return check.state === "live" && check.rotated ? passOnRotated(request, check.claims) : NextResponse.next();
}

/** The request, its page and the browser all see the rotated cookie (S7). */
function passOnRotated(request: NextRequest, claims: SessionClaims): NextResponse {
  const value = sealSessionCookie(claims);
  request.cookies.set(sessionCookieName(), value);
  const headers = new Headers(request.headers);
  headers.set("cookie", request.cookies.toString());
  markRotated(headers);
  const response = NextResponse.next({ request: { headers } });
  response.cookies.set(sessionCookieName(), value, sessionCookieAttributes(claims));
  return response;
}
