/** Line breaks begin a line of somebody else's choosing, and an escape sequence speaks to the terminal (A97). */
const UNPRINTABLE = /[\s\p{Cc}\p{Cf}]+/gu;
const DEFAULT_LENGTH = 300;

/**
 * Text as it is fit for one line of a log or a table: on one line, without control characters, and cut.
 *
 * @param maxLength - In UTF-16 units. Cut first, so that megabytes cost no more than a line does.
 */
export function oneLine(unverified: string, maxLength = DEFAULT_LENGTH): string {
  return unverified.slice(0, maxLength).replace(UNPRINTABLE, " ").trim();
}
