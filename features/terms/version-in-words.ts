/**
 * A version of the terms as people read it: "1 November 2026".
 *
 * @param version - A day, as ISO 8601 writes it.
 */
export function versionInWords(version: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(version));
}
