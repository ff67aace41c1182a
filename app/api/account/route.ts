import { requireApiSession, withoutSessionCookie } from "@/app/_request/api-session";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { requireApiStepUp } from "@/app/_request/recent-authentication";
import { route } from "@/app/_request/route";
import { DELETION_MAX_AGE_SECONDS } from "@/features/account-deletion/policy";
import { requestDeletion } from "@/features/account-deletion/request-deletion";
import { DeleteAccountSchema } from "@/features/account-deletion/schema";
import { originOf } from "@/features/audit/request-origin";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { systemClock } from "@/lib/clock";

/** Has the account of whoever asks deleted, once its grace is over; their sessions end now. */
async function deleteAccount(request: Request): Promise<Response> {
  const { claims } = await requireApiSession(request, { fresh: true });
  await requireApiStepUp(claims);
  const { password = null } = hasBody(request) ? await readJson(request, DeleteAccountSchema) : {};
  const who = { userId: claims.sub, sessionId: claims.sid, origin: originOf(request.headers) };
  const requested = await requestDeletion({ ...who, authTime: claims.auth_time, password }, systemClock());
  if (!requested.ok) {
    const { refusal } = requested;
    // Not 401, as for a sign-in: who asks is known, and another sign-in would not mend a wrong password.
    if (isRateLimited(refusal)) throw new Problem(refusal);
    if (refusal === "invalid_credentials") throw new Problem(refusal, { status: 403 });
    throw new Problem(refusal, { members: { maxAgeSeconds: DELETION_MAX_AGE_SECONDS } });
  }
  const deletionDueAt = requested.value.dueAt.toISOString();
  return withoutSessionCookie(Response.json({ status: "deletion_requested", deletionDueAt }, { status: 202 }));
}

/** RFC 9112 section 6.3: either header announces a body. */
function hasBody({ headers }: Request): boolean {
  return headers.has("transfer-encoding") || Number(headers.get("content-length") ?? 0) > 0;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ DELETE: deleteAccount });
