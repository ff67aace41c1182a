import { requireApiSession, withoutSessionCookie } from "@/app/_request/api-session";
import { Problem } from "@/app/_request/problem";
import { type Handler, route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { endOwnSession, endSession } from "@/features/session/end-session";
import { systemClock } from "@/lib/clock";
import { isUuid } from "@/lib/uuid";

/** Ends one of one's own sessions. Somebody else's is not told from one that never was. */
const deleteSession: Handler<{ id: string }> = async (request, { params }) => {
  const { claims, reply } = await requireApiSession(request);
  const id = (await params).id.toLowerCase();
  const now = systemClock();
  const origin = originOf(request.headers);
  if (id === claims.sid) {
    await endSession(claims, "signed_out", now, origin);
    return withoutSessionCookie(new Response(null, { status: 204 }));
  }
  if (!isUuid(id) || !(await endOwnSession(claims.sub, id, now, origin))) throw new Problem("not_found");
  return reply(new Response(null, { status: 204 }));
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ DELETE: deleteSession });
