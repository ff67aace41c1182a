import { dictionary } from "@zxcvbn-ts/language-common";

import { foldText, withoutPadding } from "./fold-text";
import { isRepetition, withoutRuns } from "./predictable-runs";

/** As many digits as a date has. With more of them around a common word, the digits are the password. */
const MAX_DIGITS_AROUND = 8;

let listed: ReadonlySet<string> | undefined;

function isListed(text: string): boolean {
  listed ??= new Set(dictionary.passwords.map(foldText));
  return listed.has(text);
}

/** On the list as it is, without spaces and signs, or with no more than a date's digits around it. */
function isListedWithPadding(text: string): boolean {
  const bare = withoutPadding(text);
  const core = bare.replace(/^\p{Nd}+/u, "").replace(/(?<!\p{Nd})\p{Nd}+$/u, "");
  return isListed(text) || isListed(bare) || (bare.length - core.length <= MAX_DIGITS_AROUND && isListed(core));
}

/**
 * Whether a password is among the first that an attacker tries: on the list of the 49,000 most common ones, or a
 * common one, a character, a short unit or a keyboard row drawn out to the required length.
 *
 * The whole password is judged. One that merely contains a common word is fine, as most passphrases do.
 *
 * @param minLength - Shortest allowed password, in characters: repeating something shorter does not make it longer.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver NIST SP 800-63B-4 section 3.1.1.2, blocklist
 */
export function isCommonPassword(password: string, minLength: number): boolean {
  const folded = foldText(password);
  return [folded, withoutPadding(folded)].some((text) => {
    if (isRepetition(text, minLength) || isListedWithPadding(text)) return true;
    const rest = withoutRuns(text);
    return rest !== text && (withoutPadding(rest) === "" || isListedWithPadding(rest));
  });
}
