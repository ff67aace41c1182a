import type { PasswordRefusal } from "@/features/password/check-password";
import { passwordSentence } from "@/features/password/sentences";
import { translatorFor } from "@/lib/i18n/translator";
import { Problem } from "./problem";

/** Why a new password is not taken, said of the field that it came in. */
export async function passwordProblem(field: string, refusal: PasswordRefusal): Promise<Problem> {
  const t = await translatorFor("en", "rules");
  return new Problem("invalid_input", {
    errors: [{ field, code: refusal, message: passwordSentence(t, refusal) }],
  });
}
