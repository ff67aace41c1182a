import { requireTry } from "@/app/_request/limits";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { resendVerification } from "@/features/sign-up/resend-verification";
import { ResendVerificationSchema } from "@/features/sign-up/schema";
import { systemClock } from "@/lib/clock";

async function postResend(request: Request): Promise<Response> {
  const { email } = await readJson(request, ResendVerificationSchema);
  await requireTry("mail", request);
  await resendVerification(email, systemClock(), originOf(request.headers).language);
  return Response.json({ status: "verification_sent" }, { status: 202 });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postResend });
