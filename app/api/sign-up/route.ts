import { requireTry } from "@/app/_request/limits";
import { passwordProblem } from "@/app/_request/password-problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { systemClock } from "@/lib/clock";

async function postSignUp(request: Request): Promise<Response> {
  const input = await readJson(request, SignUpSchema);
  await requireTry("sign_up", request);
  const signedUp = await signUp(input, systemClock(), originOf(request.headers).language);
  if (!signedUp.ok) throw await passwordProblem("password", signedUp.refusal);
  return Response.json({ status: "verification_sent" }, { status: 202 });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postSignUp });
