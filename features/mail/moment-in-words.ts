const FORMAT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** An instant as a mail says it: "1 January 2026 at 12:00 UTC". A mail doesn't know its reader's time zone. */
export function momentInWords(at: Date): string {
  return `${FORMAT.format(at)} UTC`;
}
