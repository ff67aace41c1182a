/** A run shorter than this happens in ordinary words: the `rt` of "party", the `ss` of "glass". */
const MIN_RUN_LENGTH = 3;

/** Rows of the common keyboards, the alphabet, and the columns of a QWERTY keyboard. */
const SEQUENCES = [
  "1234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "yxcvbnm",
  "azertyuiop",
  "qsdfghjklm",
  "wxcvbn",
  "!@#$%^&*()",
  ..."1qaz 2wsx 3edc 4rfv 5tgb 6yhn 7ujm 8ik, 9ol. 0p;/".split(" "),
];

const STEPS: ReadonlySet<string> = new Set(
  SEQUENCES.flatMap((sequence) =>
    [...sequence]
      .slice(1)
      .flatMap((character, index) => [`${sequence[index]}${character}`, `${character}${sequence[index]}`]),
  ),
);

const isStep = (from: string, to: string) => from === to || STEPS.has(from + to);

/**
 * Takes out what needs no guessing once it has begun: one character repeated, or neighbours on a keyboard or in the
 * alphabet, three or more of them in either direction.
 *
 * @param text - Folded (`foldText`).
 */
export function withoutRuns(text: string): string {
  const segments: string[][] = [];
  for (const character of text) {
    const segment = segments.at(-1);
    const previous = segment?.at(-1);
    if (segment && previous !== undefined && isStep(previous, character)) segment.push(character);
    else segments.push([character]);
  }
  return segments
    .filter((segment) => segment.length < MIN_RUN_LENGTH)
    .flat()
    .join("");
}

/**
 * Whether the text is a shorter one said twice or more, the last time perhaps cut off.
 *
 * @param text - Folded (`foldText`).
 * @param unitBelow - Only units shorter than this count, in characters: a unit that long would be a password by itself.
 */
export function isRepetition(text: string, unitBelow: number): boolean {
  const characters = [...text];
  for (let unit = 1; unit < unitBelow && 2 * unit <= characters.length; unit++) {
    if (characters.every((character, index) => index < unit || character === characters[index - unit])) return true;
  }
  return false;
}
