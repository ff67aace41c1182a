import { requireApiSession } from "@/app/_request/api-session";
import { route } from "@/app/_request/route";
import { listConnections } from "@/features/connection/list-connections";

/** What whoever asks has connected, the oldest first. */
async function getConnections(request: Request): Promise<Response> {
  const { claims, reply } = await requireApiSession(request);
  const connections = (await listConnections(claims.sub)).map(
    ({ id, provider, providerEmail, createdAt, needsConsent }) => {
      return { id, provider, email: providerEmail, createdAt, needsConsent };
    },
  );
  return reply(Response.json({ connections }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getConnections });
