import { requireTry } from "@/app/_request/limits";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { requestPasswordReset } from "@/features/password-reset/request-password-reset";
import { ForgotPasswordSchema } from "@/features/password-reset/schema";
import { systemClock } from "@/lib/clock";

/** Answers alike for every address: who has an account here is nobody else's business. */
async function postForgot(request: Request): Promise<Response> {
  const { email } = await readJson(request, ForgotPasswordSchema);
  await requireTry("mail", request);
  await requestPasswordReset(email, originOf(request.headers), systemClock());
  return Response.json({ status: "reset_sent" }, { status: 202 });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postForgot });
