/** The instant, as an argument, so that tests can choose it. */
export type Clock = () => Date;

/** This machine's clock. */
export const systemClock: Clock = () => new Date();

/** The instant `seconds` after `from` (before it, when negative). */
export function addSeconds(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}

/** Whole seconds since 1970-01-01T00:00:00Z: a NumericDate of RFC 7519. */
export function epochSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
