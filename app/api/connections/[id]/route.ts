import { requireApiSession } from "@/app/_request/api-session";
import { Problem } from "@/app/_request/problem";
import { requireApiStepUp, requireRecentApiAuthentication } from "@/app/_request/recent-authentication";
import { type Handler, route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { disconnect } from "@/features/connection/disconnect";
import { CHANGE_CONNECTIONS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { systemClock } from "@/lib/clock";

/** Disconnects one of one's own. Somebody else's is not told from one that never was. */
const deleteConnection: Handler<{ id: string }> = async (request, { params }) => {
  const { claims, reply } = await requireApiSession(request);
  await requireApiStepUp(claims);
  requireRecentApiAuthentication(claims, CHANGE_CONNECTIONS_MAX_AGE_SECONDS);
  const acting = { userId: claims.sub, sessionId: claims.sid, origin: originOf(request.headers) };
  const disconnected = await disconnect(acting, (await params).id, systemClock());
  if (!disconnected.ok) throw new Problem(disconnected.refusal);
  return reply(new Response(null, { status: 204 }));
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ DELETE: deleteConnection });
