import { requireApiSession } from "@/app/_request/api-session";
import { requireRecentApiAuthentication } from "@/app/_request/recent-authentication";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { END_OTHERS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { endSessionsOf } from "@/features/session/end-session";
import { listSessions } from "@/features/session-overview/list-sessions";
import { systemClock } from "@/lib/clock";

/** The live sessions of whoever asks, theirs first. */
async function getSessions(request: Request): Promise<Response> {
  const { claims, reply } = await requireApiSession(request);
  const { sessions } = await listSessions(claims.sub, claims.sid, systemClock());
  const listed = sessions.map(({ id, current, createdAt, lastSeenAt, userAgent, ip }) => {
    return { id, current, createdAt, lastSeenAt, userAgent, ip };
  });
  return reply(Response.json({ sessions: listed }));
}

/** Ends all sessions but the one that asks. */
async function deleteOtherSessions(request: Request): Promise<Response> {
  const { claims, reply } = await requireApiSession(request);
  requireRecentApiAuthentication(claims, END_OTHERS_MAX_AGE_SECONDS);
  const origin = originOf(request.headers);
  await endSessionsOf(claims.sub, "revoked_by_user", systemClock(), { except: claims.sid, origin });
  return reply(new Response(null, { status: 204 }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: getSessions,
  DELETE: deleteOtherSessions,
});
