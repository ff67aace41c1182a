import type { PasswordRefusal } from "./check-password";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "./policy";

/** What happened and what to do, for a password that is the only factor. */
export const PASSWORD_REFUSAL_SENTENCES: Readonly<Record<PasswordRefusal, string>> = {
  too_short: `This password is too short: use at least ${PASSWORD_MIN_LENGTH} characters, for example four or five words.`,
  too_long: `This password is too long: use at most ${PASSWORD_MAX_LENGTH} characters.`,
  too_common:
    "This password is among the first that an attacker tries: choose several words that don't belong together.",
  too_guessable_from_context:
    "This password is mostly your name, your e-mail address or ours: add words that have nothing to do with you.",
};
