import { createHash } from "node:crypto";

import { env } from "@/lib/env/env";

/**
 * Clocks of instances may differ by as much, in either direction, and no window or lifetime is misjudged (S8). The grace after a
 * rotation has no such allowance, which would be the thief's as well: it is stamped and judged by the database's clock.
 */
export const CLOCK_TOLERANCE_SECONDS = 15;
/** Idle time is counted from rotations: with at least so many windows in it, it is never short by more than a quarter. */
const WINDOWS_IN_IDLE_TIME = 4;
/** Rotation becomes due at 85 to 95 per cent of the access window: spread, so that tabs and sessions don't come at once. */
const EARLIEST_ROTATION = 0.85;
const ROTATION_SPREAD = 0.1;

/** How long before its end the person is warned: long enough to come back from the kitchen. */
const WARNING_SECONDS = 5 * 60;
/** Of a short lifetime no more than this part, or a page would warn while it is being read. */
const WARNING_SHARE = 1 / 4;

/** The lifetimes of a session, in seconds. */
export interface SessionLifetimes {
  readonly accessSeconds: number;
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
  readonly graceSeconds: number;
}

/** The lifetimes that the environment sets. */
export function sessionLifetimes(): SessionLifetimes {
  const { SESSION_ACCESS_TTL, SESSION_IDLE_TTL, SESSION_ABSOLUTE_TTL, SESSION_ROTATION_GRACE } = env();
  return {
    accessSeconds: Math.min(SESSION_ACCESS_TTL, SESSION_IDLE_TTL / WINDOWS_IN_IDLE_TIME),
    idleSeconds: SESSION_IDLE_TTL,
    absoluteSeconds: SESSION_ABSOLUTE_TTL,
    graceSeconds: SESSION_ROTATION_GRACE,
  };
}

/**
 * How many seconds before its window ends a cookie is to be rotated. The same for every copy of one cookie, so that tabs
 * agree, and different from session to session and generation to generation.
 */
export function rotationLeadSeconds(sessionId: string, generation: number, accessSeconds: number): number {
  const [byte = 0] = createHash("sha256").update(`${sessionId}:${generation}`).digest();
  return accessSeconds * (1 - EARLIEST_ROTATION - ROTATION_SPREAD * (byte / 255));
}

/**
 * How many seconds before its end a session that is in use on a page warns of it.
 *
 * @see https://www.w3.org/TR/WCAG22/#timing-adjustable WCAG 2.2, 2.2.1: at least 20 seconds to answer
 */
export function warningSeconds({ idleSeconds, absoluteSeconds }: SessionLifetimes): number {
  return Math.min(WARNING_SECONDS, Math.min(idleSeconds, absoluteSeconds) * WARNING_SHARE);
}
