import { requireApiSession } from "@/app/_request/api-session";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { requireApiStepUp } from "@/app/_request/recent-authentication";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { EMAIL_CHANGE_MAX_AGE_SECONDS } from "@/features/email-change/policy";
import { type EmailChangeRefusal, requestEmailChange } from "@/features/email-change/request-email-change";
import { EmailChangeSchema } from "@/features/email-change/schema";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { systemClock } from "@/lib/clock";

async function postChange(request: Request): Promise<Response> {
  const { claims, reply } = await requireApiSession(request);
  await requireApiStepUp(claims);
  const { email, password = null } = await readJson(request, EmailChangeSchema);
  const { sub: userId, sid: sessionId, auth_time: authTime } = claims;
  const origin = originOf(request.headers);
  const requested = await requestEmailChange({ userId, sessionId, authTime, email, password, origin }, systemClock());
  if (!requested.ok) throw problemOf(requested.refusal);
  return reply(Response.json({ status: "confirmation_sent" }, { status: 202 }));
}

function problemOf(refusal: EmailChangeRefusal): Problem {
  if (isRateLimited(refusal)) return new Problem(refusal);
  switch (refusal) {
    case "password_required":
      return invalid("password", "required", "This account has a password: it is needed.");
    case "same_address":
      return invalid("email", "same_address", "This is the account's address already.");
    case "invalid_credentials":
      // 401 would say that nobody is signed in.
      return new Problem("invalid_credentials", { status: 403 });
    case "recent_authentication_required":
      return new Problem(refusal, { members: { maxAgeSeconds: EMAIL_CHANGE_MAX_AGE_SECONDS } });
  }
}

function invalid(field: string, code: string, message: string): Problem {
  return new Problem("invalid_input", { errors: [{ field, code, message }] });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postChange });
