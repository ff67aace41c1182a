import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { VerifyEmailSchema } from "@/features/sign-up/schema";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { systemClock } from "@/lib/clock";

async function postVerifyEmail(request: Request): Promise<Response> {
  const { token } = await readJson(request, VerifyEmailSchema);
  const verified = await verifyEmail(token, systemClock(), originOf(request.headers));
  if (!verified.ok) throw new Problem(verified.refusal);
  return Response.json({ status: "verified" });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postVerifyEmail });
