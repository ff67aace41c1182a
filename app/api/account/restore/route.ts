import { requireCookieSession } from "@/app/_request/api-session";
import { route } from "@/app/_request/route";
import { signedInAnswer } from "@/app/_request/signed-in-answer";
import { restoreAccount } from "@/features/account-deletion/restore-account";
import { originOf } from "@/features/audit/request-origin";
import { systemClock } from "@/lib/clock";

/** Keeps an account that is due for deletion; the answer is that of a complete sign-in. Where nothing is due, nothing happens. */
async function postRestore(request: Request): Promise<Response> {
  const { claims } = await requireCookieSession(request, { evenIfDue: true, fresh: true });
  const now = systemClock();
  const owner = { userId: claims.sub, sessionId: claims.sid, origin: originOf(request.headers) };
  await restoreAccount(owner, now);
  // Looked up anew, for claims that know of it. The same cookie presented twice counts as two requests at once (S4).
  const kept = await requireCookieSession(request, { force: true });
  return signedInAnswer(kept.claims, now);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postRestore });
