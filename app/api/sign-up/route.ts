import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { PASSWORD_REFUSAL_SENTENCES } from "@/features/password/sentences";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { systemClock } from "@/lib/clock";

async function postSignUp(request: Request): Promise<Response> {
  const input = await readJson(request, SignUpSchema);
  const signedUp = await signUp(input, systemClock());
  if (!signedUp.ok) {
    const { refusal: code } = signedUp;
    throw new Problem("invalid_input", {
      errors: [{ field: "password", code, message: PASSWORD_REFUSAL_SENTENCES[code] }],
    });
  }
  return Response.json({ status: "verification_sent" }, { status: 202 });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postSignUp });
