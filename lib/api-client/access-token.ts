/** An access token in this page's memory. It is written nowhere else: no storage, no cookie, no URL, no DOM. */
export interface AccessToken {
  /** The JWT, to be sent as `Authorization: Bearer …` and read by nobody but servers. */
  readonly value: string;
  /** Milliseconds since 1970 by this machine's clock, taken before the request for it was sent. */
  readonly fetchedAtMs: number;
  /** The same clock's time at which it is worth nothing any more. */
  readonly expiresAtMs: number;
}

/** A new token is fetched this part of a lifetime before the end of the old one … */
const LEAD_OF_LIFETIME = 0.1;
/** … but no earlier than this. */
const MAX_LEAD_MS = 15_000;

/** Whether the token is so close to its end that the next request had better use another. */
export function isDue({ fetchedAtMs, expiresAtMs }: AccessToken, nowMs: number): boolean {
  const leadMs = Math.min((expiresAtMs - fetchedAtMs) * LEAD_OF_LIFETIME, MAX_LEAD_MS);
  return nowMs >= expiresAtMs - leadMs;
}

/** Whether the token's own time is over. */
export function isExpired({ expiresAtMs }: AccessToken, nowMs: number): boolean {
  return nowMs >= expiresAtMs;
}
