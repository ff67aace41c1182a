import { dictionary } from "@zxcvbn-ts/language-common";

/** Five words out of more than 6,000 are 62 bits: two centuries and a half, at a billion guesses a second. */
const WORD_COUNT = 5;
const WORD_SHAPE = /^[a-z]{4,8}$/;
const SIXTEEN_BITS = 2 ** 16;

let words: readonly string[] | undefined;

/**
 * Makes up a passphrase such as `velvet-canopy-mumble-tracing-orbit`, at random, here and now: it is sent nowhere.
 *
 * The words are the short ones of the EFF's large word list, which was chosen to be easy to type and free of slurs.
 *
 * @see https://www.eff.org/dice
 */
export function suggestPassphrase(): string {
  words ??= dictionary.diceware.filter((word) => WORD_SHAPE.test(word));
  const known = words;
  return Array.from({ length: WORD_COUNT }, () => known[randomIndex(known.length)]).join("-");
}

/** A random whole number below `bound`. Values above the last full multiple are drawn again, as they would favour the first words. */
function randomIndex(bound: number): number {
  const fairBelow = SIXTEEN_BITS - (SIXTEEN_BITS % bound);
  for (;;) {
    const [value = fairBelow] = crypto.getRandomValues(new Uint16Array(1));
    if (value < fairBelow) return value % bound;
  }
}
