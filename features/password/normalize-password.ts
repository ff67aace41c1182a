/**
 * One spelling for what looks the same: `é` typed on a Mac is two code points, elsewhere one. NFC keeps everything
 * else, spaces and case included; the compatibility forms would also make `²` a `2`, which nobody typed.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver NIST SP 800-63B-4 section 3.1.1.2
 * @see https://www.unicode.org/reports/tr15/
 */
export function normalizePassword(password: string): string {
  return password.normalize("NFC");
}

/** The length of a password in characters, which are Unicode code points of the normalised form: an emoji may be several. */
export function passwordLength(password: string): number {
  return [...normalizePassword(password)].length;
}
