import { ROLES } from "@/access";
import { describeBrowserSession } from "@/features/session/session";
import { systemClock } from "@/lib/clock";
import { requireCookieSession } from "./api-session";
import { Problem } from "./problem";

/** What says nothing about the session. */
const PASSING: ReadonlySet<string> = new Set(["temporarily_unavailable", "rate_limited"]);

/**
 * Answers Auth.js's browser client, for which nobody being signed in is an answer like any other.
 *
 * @throws Problem `temporarily_unavailable` or `rate_limited`, upon which the client keeps what it knows.
 */
export async function readSessionForClient(request: Request, options: { force: boolean }): Promise<Response> {
  try {
    const { claims, reply } = await requireCookieSession(request, options);
    return reply(Response.json(describeBrowserSession(claims, ROLES, systemClock())));
  } catch (error) {
    if (error instanceof Problem && !PASSING.has(error.code)) return Response.json(null);
    throw error;
  }
}
