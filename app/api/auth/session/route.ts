import { readSessionForClient } from "@/app/_request/client-session";
import { route } from "@/app/_request/route";

/** What `useSession` asks for: the session as JSON, or `null`. POST is what its `update()` sends: the same, newly read. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: (request) => readSessionForClient(request, { force: false }),
  POST: (request) => readSessionForClient(request, { force: true }),
});
