import { describeSession } from "@/features/session/session";
import { requireCookieSession } from "./api-session";
import { Problem } from "./problem";

/**
 * Answers Auth.js's browser client, for which nobody being signed in is an answer like any other.
 *
 * @throws Problem `temporarily_unavailable`, upon which the client keeps what it knows.
 */
export async function readSessionForClient(request: Request, options: { force: boolean }): Promise<Response> {
  try {
    const { claims, reply } = await requireCookieSession(request, options);
    return reply(Response.json(describeSession(claims)));
  } catch (error) {
    if (error instanceof Problem && error.code !== "temporarily_unavailable") return Response.json(null);
    throw error;
  }
}
