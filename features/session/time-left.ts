import type { SessionClaims } from "./session-claims";

/**
 * How long a session goes on from the moment of the answer. Durations, and not instants: the browser's clock may be set to
 * whatever it likes.
 */
export interface TimeLeft {
  /** Seconds until it ends unless it is used: a request that exchanges the cookie moves this on. */
  readonly idleSeconds: number;
  /** Seconds until it ends in any case. */
  readonly absoluteSeconds: number;
}

/**
 * What is left of a session, in whole seconds rounded up: whoever asks again when they are over finds it ended.
 *
 * @param claims - Where they don't say when unused time is up, it is taken for as long as the session.
 */
export function timeLeft({ idle, abs }: Pick<SessionClaims, "abs" | "idle">, now: Date): TimeLeft {
  const secondsUntil = (instant: number) => Math.max(0, Math.ceil(instant - now.getTime() / 1000));
  return { idleSeconds: secondsUntil(Math.min(idle ?? abs, abs)), absoluteSeconds: secondsUntil(abs) };
}
