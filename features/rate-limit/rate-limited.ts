/** Too much at once. The refusal says in how many whole seconds it is worth trying again, at least one. */
export type RateLimited = `rate_limited:${number}`;

const PATTERN = /^rate_limited:(\d{1,9})$/;

/** The refusal for a wait of so many milliseconds. */
export function rateLimited(waitMs: number): RateLimited {
  return `rate_limited:${Math.max(Math.ceil(waitMs / 1000), 1)}`;
}

/** Whether a refusal, or a code from outside such as a query's, is this one. */
export function isRateLimited(code: unknown): code is RateLimited {
  return typeof code === "string" && PATTERN.test(code);
}

/** In how many seconds it is worth trying again (RFC 9110 section 10.2.3). */
export function secondsToWait(refusal: RateLimited): number {
  return Math.max(Number(PATTERN.exec(refusal)?.[1] ?? 1), 1);
}
