import { isAllowed, ROLES, type Role } from "@/access";
import type { Session } from "@/auth";
import type { ActingClaims } from "@/features/access-token/access-token-claims";
import { checkAccessToken } from "@/features/access-token/check-access-token";
import { originOf } from "@/features/audit/request-origin";
import { checkSession } from "@/features/session/check-session";
import { lookUpSession } from "@/features/session/look-up-session";
import { describeSession } from "@/features/session/session";
import { type RepeatedClaims, repeatPerson, type SessionClaims } from "@/features/session/session-claims";
import {
  openSessionCookie,
  sealSessionCookie,
  sessionCookieAttributes,
  sessionCookieName,
} from "@/features/session/session-cookie";
import { systemClock } from "@/lib/clock";
import { readCookie } from "@/lib/host-cookie";
import { serializeCookie } from "./cookie";
import { wasRotatedByGate } from "./gate-mark";
import { requireRefreshTry } from "./limits";
import { Problem } from "./problem";
import { problemOf } from "./session-problems";

/** RFC 6750 section 2.1; the scheme's name in any case, as RFC 9110 section 11.1 has it. */
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

/** A session that a route handler may act for. */
export interface ApiSession {
  readonly claims: ActingClaims;
  /** The session with the person's name and address, which an access token doesn't carry: with one it takes a query. */
  describe(): Promise<Session>;
  /** Adds the rotated cookie, if there is one, to the answer. */
  reply(response: Response): Response;
}

/**
 * The session of an API request: by access token if there is an `Authorization` header, which then decides alone; else by
 * cookie, which is rotated when that is due.
 *
 * A token that is refused never falls back to a cookie that came along: a client would not notice that it acts as
 * somebody else, or with more than it was given.
 *
 * @param options.fresh - Decide on revocations as of this very moment.
 * @throws Problem `unauthenticated`, `session_ended` with its `reason`, `account_deletion_pending`, or `temporarily_unavailable`.
 */
export async function requireApiSession(request: Request, options: { fresh?: boolean } = {}): Promise<ApiSession> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return requireBearerSession(authorization, options);
  const { claims, reply } = await requireCookieSession(request, options);
  return { claims, describe: async () => describeSession(claims, ROLES), reply };
}

/**
 * The session of an API request by somebody with a role. The gate reads no access token: for whoever comes with one, this is
 * what holds a row of `access.ts` that names a role.
 *
 * @public For routes of yours: none that comes with Latchkey asks for a role.
 * @throws Problem as `requireApiSession`, or `forbidden`.
 */
export async function requireApiRole(
  request: Request,
  role: Role,
  options: { fresh?: boolean } = {},
): Promise<ApiSession> {
  const session = await requireApiSession(request, options);
  if (!isAllowed({ role }, session.claims.roles)) throw new Problem("forbidden");
  return session;
}

/**
 * The session of the cookie alone, for what an access token must not do: it is no credential for another token.
 *
 * @param options.force - Rotate even if it isn't due.
 * @param options.none - What to answer when there is no cookie that opens.
 * @param options.evenIfDue - Also while the account is due for deletion: for what decides about that.
 * @throws Problem `none`, `session_ended` with its `reason`, `account_deletion_pending`, `rate_limited`, or `temporarily_unavailable`.
 */
export async function requireCookieSession(
  request: Request,
  options: { fresh?: boolean; force?: boolean; none?: "unauthenticated" | "no_session"; evenIfDue?: boolean } = {},
): Promise<{ claims: SessionClaims; reply(response: Response): Response }> {
  const { none = "unauthenticated", evenIfDue = false, ...how } = options;
  const cookie = readCookie(request.headers, sessionCookieName());
  const presented = how.force ? openSessionCookie(cookie, systemClock()) : null;
  if (presented) await requireRefreshTry(presented.sid);
  const check = await checkSession(cookie, {
    now: systemClock(),
    mayRotate: !wasRotatedByGate(request.headers),
    ...how,
    get origin() {
      return originOf(request.headers);
    },
  });
  if (check.state === "none") throw new Problem(none, { headers: { "WWW-Authenticate": "Bearer" } });
  if (check.state !== "live") throw problemOf(check);
  const { claims, rotated } = check;
  if (!evenIfDue) refuseWhileDue(claims);
  return { claims, reply: (response) => (rotated ? withSessionCookie(response, claims) : response) };
}

/**
 * A session of an account that is due for deletion opens nothing but the decision about that. It has no access tokens: those
 * from before ended with the request.
 *
 * The refusal brings the cookie, as the one that asks for a second factor does: with it the client can ask to keep the
 * account.
 *
 * @throws Problem `account_deletion_pending`
 */
export function refuseWhileDue(claims: SessionClaims): void {
  if (claims.due === undefined) return;
  throw new Problem("account_deletion_pending", {
    members: { deletionDueAt: new Date(claims.due * 1000).toISOString() },
    headers: { "Set-Cookie": setCookieLine(claims) },
  });
}

async function requireBearerSession(authorization: string, options: { fresh?: boolean }): Promise<ApiSession> {
  const [, token] = BEARER.exec(authorization) ?? [];
  const check = token ? await checkAccessToken(token, { now: systemClock(), ...options }) : null;
  // Forged, altered, expired, another scheme: one answer for all.
  if (check === null || check.state === "invalid") {
    throw new Problem("unauthenticated", { headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' } });
  }
  if (check.state !== "live") throw problemOf(check);
  const { claims, person } = check;
  const describe = async () =>
    describeSession({ ...claims, ...repeatPerson(person ?? (await readPerson(claims.sid))) }, ROLES);
  return { claims, describe, reply: (response) => response };
}

async function readPerson(sessionId: string): Promise<RepeatedClaims> {
  const found = await lookUpSession(sessionId, systemClock());
  if (found.state === "ended") throw problemOf(found);
  return found.row;
}

/** The response with the session's cookie set to these claims. */
export function withSessionCookie(response: Response, claims: SessionClaims): Response {
  response.headers.append("Set-Cookie", setCookieLine(claims));
  return response;
}

function setCookieLine(claims: SessionClaims): string {
  return serializeCookie(sessionCookieName(), sealSessionCookie(claims), sessionCookieAttributes(claims));
}

/** The response with the session's cookie taken away. */
export function withoutSessionCookie(response: Response): Response {
  response.headers.append("Set-Cookie", serializeCookie(sessionCookieName(), "", sessionCookieAttributes(null)));
  return response;
}
