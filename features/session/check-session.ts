import type { RequestOrigin } from "@/features/audit/request-origin";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log";
import { confirmations } from "./confirmations";
import type { SessionEndReason } from "./end-reason";
import { endSession } from "./end-session";
import { lookUpSession } from "./look-up-session";
import { CLOCK_TOLERANCE_SECONDS, rotationLeadSeconds, sessionLifetimes } from "./policy";
import { revocationFeed } from "./revocation-feed";
import { rotateSession } from "./rotate-session";
import { repeatPerson, type SessionClaims } from "./session-claims";
import { openSessionCookie } from "./session-cookie";
import { standing } from "./standing";

/** What a presented session cookie is worth. */
export type SessionCheck =
  /** There is no cookie, or none that opens. Nothing is ended by it, and nothing is cleared. */
  | { state: "none" }
  /** `rotated`: the claims are newer than the cookie, which is to be replaced wherever one can be written. */
  | { state: "live"; claims: SessionClaims; rotated: boolean }
  | { state: "ended"; reason: SessionEndReason; claims: SessionClaims }
  /** The database can't be asked and may not be done without (S10). The cookie stays. */
  | { state: "unavailable" };

/** How a check is to be made. */
export interface CheckOptions {
  readonly now: Date;
  /** True only where a cookie can be written (S7): middleware, route handlers, server actions; never while rendering. */
  readonly mayRotate: boolean;
  /** Decide on revocations as of now, not as of a second ago, and not without the database. */
  readonly fresh?: boolean;
  /** Rotate even inside the window, as a client asks for with `/api/refresh`. */
  readonly force?: boolean;
  /** From where the cookie was presented: told of should it turn out to be a copy. Read only then, so that it may be a getter. */
  readonly origin?: RequestOrigin;
}

/**
 * Decides on a session cookie. Inside its access window that costs no query of its own (S2).
 *
 * @param cookie - The cookie's value as received, unverified.
 */
export async function checkSession(cookie: string | undefined, options: CheckOptions): Promise<SessionCheck> {
  const claims = openSessionCookie(cookie, options.now);
  if (!claims) return { state: "none" };

  const feed = revocationFeed();
  const freshness = await feed.ensure(options.fresh ? 0 : env().REVOCATION_MAX_STALENESS);
  if (freshness === "unavailable") return { state: "unavailable" };
  const verdict = feed.verdict(claims);
  if (verdict.kind === "ended") return { state: "ended", reason: verdict.reason, claims };

  const secondsLeft = secondsInsideWindow(claims, options.now);
  if (secondsLeft > 0) notePresented(claims, options);
  const due = isDue(claims, options.now) || verdict.kind === "claims_changed" || options.force === true;
  if (!due) return { state: "live", claims, rotated: false };
  // A window that isn't over needs no rotation yet: while the database is away it simply lasts (S10).
  const optional = secondsLeft > 0 && !options.force && verdict.kind === "nothing";
  if (optional && (!options.mayRotate || freshness === "aged")) return { state: "live", claims, rotated: false };
  try {
    return options.mayRotate ? await rotate(claims, options) : await readRow(claims, options);
  } catch (error) {
    log.error({ error, sessionId: claims.sid }, "a session could not be looked up");
    return optional ? { state: "live", claims, rotated: false } : { state: "unavailable" };
  }
}

/**
 * The claims of a cookie with which nothing is to be done but believe it: inside its access window, not due for rotation, and by
 * all that the feed knows of now. Asks the row nothing.
 *
 * @param cookie - The cookie's value as its client sent it, unverified.
 * @returns null when `checkSession` has to decide, which may well find it live.
 */
export async function settledClaims(cookie: string, now: Date): Promise<SessionClaims | null> {
  const claims = openSessionCookie(cookie, now);
  if (!claims) return null;
  const feed = revocationFeed();
  const freshness = await feed.ensure(env().REVOCATION_MAX_STALENESS);
  if (freshness !== "current" || feed.verdict(claims).kind !== "nothing" || isDue(claims, now)) return null;
  notePresented(claims, { mayRotate: true });
  return claims;
}

/** Whether so little of the access window is left, or nothing, that the cookie is to be exchanged. */
function isDue(claims: SessionClaims, now: Date): boolean {
  return (
    secondsInsideWindow(claims, now) <= rotationLeadSeconds(claims.sid, claims.gen, sessionLifetimes().accessSeconds)
  );
}

/**
 * A page that is rendered behind the gate is shown the successor which the gate has just put in the cookie's place. Its client
 * may never get that one, so it confirms nothing (S5): only who may rotate has the client's own cookie before them.
 */
function notePresented(claims: SessionClaims, { mayRotate }: Pick<CheckOptions, "mayRotate">): void {
  if (mayRotate) confirmations().note(claims.sid, claims.gen);
}

/** How much of the access window is left, by this server's own clock; 0 when the cookie claims more than any window is long. */
function secondsInsideWindow(claims: SessionClaims, now: Date): number {
  const left = claims.win - now.getTime() / 1000;
  return left > sessionLifetimes().accessSeconds + CLOCK_TOLERANCE_SECONDS ? 0 : Math.max(left, 0);
}

async function rotate(presented: SessionClaims, { now, origin }: CheckOptions): Promise<SessionCheck> {
  const outcome = await rotateSession(presented, now, origin);
  return outcome.state === "live" ? { ...outcome, rotated: true } : { ...outcome, claims: presented };
}

/** Looks without moving anything: what a page may do that is rendered without the gate having rotated before. */
async function readRow(claims: SessionClaims, { now, origin }: CheckOptions): Promise<SessionCheck> {
  const found = await lookUpSession(claims.sid, now);
  if (found.state === "ended") return { ...found, claims };
  const { row } = found;
  const graceSince = addSeconds(revocationFeed().databaseTime(now), -env().SESSION_ROTATION_GRACE);
  if (standing(claims.gen, row, graceSince) === "reuse") {
    return { state: "ended", reason: await endSession(claims, "reuse_detected", now, origin), claims };
  }
  const asInRow = { ...repeatPerson(row), idle: epochSeconds(row.idleExpiresAt) };
  return { state: "live", claims: { ...claims, ...asInRow }, rotated: false };
}
