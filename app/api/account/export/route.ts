import { requireApiSession } from "@/app/_request/api-session";
import { Problem } from "@/app/_request/problem";
import { requireApiStepUp, requireRecentApiAuthentication } from "@/app/_request/recent-authentication";
import { route } from "@/app/_request/route";
import { problemOf } from "@/app/_request/session-problems";
import { exportAccount } from "@/features/account-export/export-account";
import { EXPORT_MAX_AGE_SECONDS, EXPORT_PERIOD_SECONDS } from "@/features/account-export/policy";
import { originOf } from "@/features/audit/request-origin";
import { systemClock } from "@/lib/clock";

/** Everything that is stored about whoever asks, as a file. */
async function getExport(request: Request): Promise<Response> {
  const { claims, reply } = await requireApiSession(request, { fresh: true });
  requireRecentApiAuthentication(claims, EXPORT_MAX_AGE_SECONDS);
  await requireApiStepUp(claims);
  const now = systemClock();
  const who = { userId: claims.sub, sessionId: claims.sid, origin: originOf(request.headers) };
  const exported = await exportAccount(who, now);
  if (!exported.ok) {
    if (exported.refusal === "unknown_account") throw problemOf({ state: "ended", reason: "account_deleted" });
    throw new Problem("rate_limited", { headers: { "Retry-After": String(EXPORT_PERIOD_SECONDS) } });
  }
  const fileName = `account-export-${now.toISOString().slice(0, 10)}.json`;
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Disposition": `attachment; filename="${fileName}"`,
  };
  return reply(new Response(exported.value, { headers }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getExport });
