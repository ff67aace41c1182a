import { formatMoment, type TimePreferences } from "@/lib/format-moment";

const NOT_TOLD: TimePreferences = { locale: null, timeZone: null };

/** An instant as a mail says it: as its reader wants it, or "1 January 2026 at 12:00 UTC". A mail doesn't know more. */
export function momentInWords(at: Date, reader = NOT_TOLD): string {
  return formatMoment(at, reader);
}
