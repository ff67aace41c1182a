import type { Translator } from "./i18n/translator";

const UNITS = [
  { key: "days", seconds: 24 * 60 * 60 },
  { key: "hours", seconds: 60 * 60 },
  { key: "minutes", seconds: 60 },
] as const;

/** How long ago `at` was, in words: `just now` below a minute, then in the largest whole unit. */
export function timeAgo(t: Translator<"account">, at: Date, now: Date): string {
  const elapsedSeconds = Math.floor((now.getTime() - at.getTime()) / 1000);
  const largest = UNITS.find(({ seconds }) => elapsedSeconds >= seconds);
  return largest ? t(`ago.${largest.key}`, { count: Math.floor(elapsedSeconds / largest.seconds) }) : t("ago.now");
}
