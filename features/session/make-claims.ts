import { addSeconds, epochSeconds } from "@/lib/clock";
import { CLOCK_TOLERANCE_SECONDS, type SessionLifetimes } from "./policy";
import { type RepeatedClaims, repeatPerson, type SessionClaims } from "./session-claims";

/** How a session was begun and how long it may last. */
export type SessionBirth = Pick<
  SessionClaims,
  "sub" | "sid" | "auth_time" | "aal" | "amr" | "method" | "remember" | "abs"
>;

/**
 * The claims of a cookie issued now.
 *
 * @param generation - The one that the row holds.
 * @param idleExpiresAt - As the row holds it: a window never reaches past it.
 */
export function makeClaims(
  birth: SessionBirth,
  generation: number,
  person: RepeatedClaims,
  idleExpiresAt: Date,
  lifetimes: SessionLifetimes,
  now: Date,
): SessionClaims {
  return {
    ...birth,
    ...repeatPerson(person),
    gen: generation,
    idle: epochSeconds(idleExpiresAt),
    win: Math.min(addSeconds(now, lifetimes.accessSeconds).getTime() / 1000, birth.abs, idleExpiresAt.getTime() / 1000),
    iat: epochSeconds(now),
    // The sealed token outlives its session a little, so that what comes back late can still be told why it ended.
    exp: birth.abs + CLOCK_TOLERANCE_SECONDS,
  };
}
