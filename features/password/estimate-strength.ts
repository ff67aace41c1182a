import { zxcvbn, zxcvbnOptions } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

import { checkPassword } from "./check-password";
import { contextWords, type PasswordContext } from "./context-words";
import { passwordLength } from "./normalize-password";
import { PASSWORD_MIN_LENGTH, PASSWORD_MIN_LENGTH_WITH_SECOND_FACTOR } from "./policy";
import { PASSWORD_REFUSAL_SENTENCES } from "./sentences";

/** What a person is told about the password they are typing. */
export interface PasswordStrength {
  /** 0: would be refused; 1 and 2: easy to guess; 3: good; 4: out of reach. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** One sentence for the person who types. */
  readonly hint: string;
}

/** The estimate takes time by the square of the length. Judging only this many characters can but underestimate. */
const MAX_ESTIMATED_LENGTH = 48;

let isConfigured = false;

/**
 * Says how hard a password is to guess, while it is being typed. A help, not the rule: `checkPassword` decides, and
 * this never praises what it refuses.
 *
 * Nothing leaves the browser. Load it with `import()` when the field is used: the lists weigh some 450 kB.
 *
 * @see https://www.usenix.org/conference/usenixsecurity16/technical-sessions/presentation/wheeler zxcvbn
 */
export function estimateStrength(
  password: string,
  context: PasswordContext,
  { hasSecondFactor = false }: { hasSecondFactor?: boolean } = {},
): PasswordStrength {
  const checked = checkPassword(password, context, { hasSecondFactor });
  if (checked.ok) {
    const score = guessability(password, context);
    return { score, hint: HINTS[score] };
  }
  if (checked.refusal !== "too_short") return { score: 0, hint: PASSWORD_REFUSAL_SENTENCES[checked.refusal] };
  const minLength = hasSecondFactor ? PASSWORD_MIN_LENGTH_WITH_SECOND_FACTOR : PASSWORD_MIN_LENGTH;
  const missing = minLength - passwordLength(password);
  return { score: 0, hint: `Add ${missing} more ${missing === 1 ? "character" : "characters"}.` };
}

const EASY = "Easy to guess: add another word that doesn't belong with the others.";
const HINTS: Readonly<Record<PasswordStrength["score"], string>> = {
  0: EASY,
  1: EASY,
  2: EASY,
  3: "Good: one more word would make it hard to guess.",
  4: "Strong: hard to guess, even for a computer.",
};

function guessability(password: string, context: PasswordContext): PasswordStrength["score"] {
  if (!isConfigured) {
    zxcvbnOptions.setOptions({ dictionary, graphs: adjacencyGraphs });
    isConfigured = true;
  }
  const judged = [...password].slice(0, MAX_ESTIMATED_LENGTH).join("");
  return zxcvbn(judged, contextWords(context)).score;
}
