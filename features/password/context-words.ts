import { foldText, withoutPadding } from "./fold-text";
import { withoutRuns } from "./predictable-runs";

/** Who the password is for, as far as a stranger may know it too. */
export interface PasswordContext {
  readonly email: string;
  readonly name?: string | null | undefined;
}

const PRODUCT_NAME = "latchkey";
/** Shorter words occur by chance: "tom" is in "tomorrow", "ann" in "planning". */
const MIN_WORD_LENGTH = 4;

const wordsOf = (text: string) => text.split(/[^\p{L}\p{N}\p{M}]+/u);

/** The words to expect in a lazy password: the product's name, those of the address and of the person, longest first. */
export function contextWords({ email, name }: PasswordContext): string[] {
  const at = email.lastIndexOf("@");
  const localPart = email.slice(0, Math.max(at, 0));
  const domainLabels = email
    .slice(at + 1)
    .split(".")
    .slice(0, -1);
  const words = [PRODUCT_NAME, localPart, ...wordsOf(localPart), ...domainLabels, name ?? "", ...wordsOf(name ?? "")]
    .map((word) => withoutPadding(foldText(word)))
    .filter((word) => [...word].length >= MIN_WORD_LENGTH);
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}

/**
 * How many characters a stranger has to guess once they have guessed the context words in a password. Spaces, signs
 * and keyboard runs around the words don't count.
 *
 * @returns `null` when the password holds no context word.
 */
export function lengthBeyondContext(password: string, context: PasswordContext): number | null {
  const bare = withoutPadding(foldText(password));
  // A space in the word's place, so that what stood before it and after it doesn't join to another word or run.
  const rest = contextWords(context).reduce((text, word) => text.replaceAll(word, " "), bare);
  return rest === bare ? null : [...withoutPadding(withoutRuns(rest))].length;
}
