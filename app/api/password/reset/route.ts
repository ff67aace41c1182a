import { passwordProblem } from "@/app/_request/password-problem";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { resetPassword } from "@/features/password-reset/reset-password";
import { ResetPasswordSchema } from "@/features/password-reset/schema";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { systemClock } from "@/lib/clock";

async function postReset(request: Request): Promise<Response> {
  const input = await readJson(request, ResetPasswordSchema);
  const reset = await resetPassword(input, originOf(request.headers), systemClock());
  if (reset.ok) return new Response(null, { status: 204 });
  if (isRateLimited(reset.refusal)) throw new Problem(reset.refusal);
  throw reset.refusal === "invalid_token"
    ? new Problem(reset.refusal)
    : await passwordProblem("password", reset.refusal);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postReset });
