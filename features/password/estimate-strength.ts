import { zxcvbn, zxcvbnOptions } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

import { checkPassword, type PasswordRefusal } from "./check-password";
import { contextWords, type PasswordContext } from "./context-words";
import { passwordLength } from "./normalize-password";
import { PASSWORD_MIN_LENGTH, PASSWORD_MIN_LENGTH_WITH_SECOND_FACTOR } from "./policy";

/** What a person is told about the password they are typing. */
export interface PasswordStrength {
  /** 0: would be refused; 1 and 2: easy to guess; 3: good; 4: out of reach. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** What to tell the person who types: a key of `newPassword.meter` in `messages/<language>/rules.json`. */
  readonly hint: "easy" | "good" | "strong" | PasswordRefusal;
  /** How many characters it lacks. */
  readonly missing: number;
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
    return { score, hint: HINTS[score], missing: 0 };
  }
  if (checked.refusal !== "too_short") return { score: 0, hint: checked.refusal, missing: 0 };
  const minLength = hasSecondFactor ? PASSWORD_MIN_LENGTH_WITH_SECOND_FACTOR : PASSWORD_MIN_LENGTH;
  return { score: 0, hint: checked.refusal, missing: minLength - passwordLength(password) };
}

const HINTS: Readonly<Record<PasswordStrength["score"], "easy" | "good" | "strong">> = {
  0: "easy",
  1: "easy",
  2: "easy",
  3: "good",
  4: "strong",
};

function guessability(password: string, context: PasswordContext): PasswordStrength["score"] {
  if (!isConfigured) {
    zxcvbnOptions.setOptions({ dictionary, graphs: adjacencyGraphs });
    isConfigured = true;
  }
  const judged = [...password].slice(0, MAX_ESTIMATED_LENGTH).join("");
  return zxcvbn(judged, contextWords(context)).score;
}
