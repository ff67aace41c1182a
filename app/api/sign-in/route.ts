import { readCookie } from "@/app/_request/cookie";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { signedInAnswer } from "@/app/_request/signed-in-answer";
import { originOf } from "@/features/audit/request-origin";
import { beginSession } from "@/features/session/begin-session";
import { sessionCookieName } from "@/features/session/session-cookie";
import { SignInSchema } from "@/features/sign-in/schema";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { systemClock } from "@/lib/clock";

async function postSignIn(request: Request): Promise<Response> {
  const { remember = false, ...credentials } = await readJson(request, SignInSchema);
  const now = systemClock();
  const { headers } = request;
  const origin = originOf(headers);
  const signedIn = await signInWithPassword(credentials, now, origin);
  if (!signedIn.ok) throw new Problem(signedIn.refusal);

  const proof = {
    userId: signedIn.value.userId,
    method: "password",
    aal: 1 as const,
    amr: ["pwd"],
    remember,
    ...origin,
  };
  const begun = await beginSession(proof, readCookie(headers, sessionCookieName()), now);
  if (!begun.ok) throw new Problem(begun.refusal);
  return signedInAnswer(begun.value, now);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postSignIn });
