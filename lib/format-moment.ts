/** How somebody wants dates and times: BCP 47 and IANA; null each: not told. */
export interface TimePreferences {
  readonly locale: string | null;
  readonly timeZone: string | null;
}

const FORMAT: Intl.DateTimeFormatOptions = {
  ...{ year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" },
  timeZoneName: "short",
};

/**
 * An instant as its reader wants it, with the zone's name: `1 January 2026 at 12:00 UTC` where nothing was told.
 *
 * What this engine doesn't know, such as a zone that was renamed, counts as not told: a date is no reason to fail.
 */
export function formatMoment(at: Date, { locale, timeZone }: TimePreferences): string {
  try {
    return new Intl.DateTimeFormat(locale ?? "en-GB", { ...FORMAT, timeZone: timeZone ?? "UTC" }).format(at);
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...FORMAT, timeZone: "UTC" }).format(at);
  }
}
