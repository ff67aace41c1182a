const UNITS = [
  { unit: "day", seconds: 24 * 60 * 60 },
  { unit: "hour", seconds: 60 * 60 },
  { unit: "minute", seconds: 60 },
] as const;

const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "always" });

/** How long ago `at` was, in words: `just now` below a minute, then in the largest whole unit. */
export function timeAgo(at: Date, now: Date): string {
  const elapsedSeconds = Math.floor((now.getTime() - at.getTime()) / 1000);
  const largest = UNITS.find(({ seconds }) => elapsedSeconds >= seconds);
  return largest ? words.format(-Math.floor(elapsedSeconds / largest.seconds), largest.unit) : "just now";
}
