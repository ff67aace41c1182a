import type { Translator } from "@/lib/i18n/translator";
import type { PasswordRefusal } from "./check-password";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "./policy";

/** What happened and what to do, for a password that is the only factor. */
export function passwordSentence(t: Translator<"rules">, refusal: PasswordRefusal): string {
  return t(`password.${refusal}`, { min: PASSWORD_MIN_LENGTH, max: PASSWORD_MAX_LENGTH });
}
