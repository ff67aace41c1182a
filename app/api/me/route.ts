import { requireApiSession } from "@/app/_request/api-session";
import { route } from "@/app/_request/route";

/** Who is asking, and how they are signed in. */
async function getMe(request: Request): Promise<Response> {
  const { describe, reply } = await requireApiSession(request);
  const { user, session } = await describe();
  const { id, authTime, aal, expiresAt } = session;
  return reply(Response.json({ user, session: { id, authTime, aal, expiresAt } }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getMe });
