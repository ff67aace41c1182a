import type { PasswordRefusal } from "@/features/password/check-password";
import { PASSWORD_REFUSAL_SENTENCES } from "@/features/password/sentences";
import { Problem } from "./problem";

/** Why a new password is not taken, said of the field that it came in. */
export function passwordProblem(field: string, refusal: PasswordRefusal): Problem {
  return new Problem("invalid_input", {
    errors: [{ field, code: refusal, message: PASSWORD_REFUSAL_SENTENCES[refusal] }],
  });
}
