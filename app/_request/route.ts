import { unstable_rethrow } from "next/navigation";

import { isOutage } from "@/features/health/is-outage";
import { log } from "@/lib/log";
import { Problem, problemResponse } from "./problem";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** What Next calls. `Params` are those of the route's path, such as `{ id: string }`. */
export type Handler<Params extends object = object> = (
  request: Request,
  context: { params: Promise<Params> },
) => Promise<Response> | Response;

/** Exactly what a route file exports. */
type Route<Params extends object> = Record<Method | "HEAD" | "OPTIONS", Handler<Params>>;

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;
const MAX_QUERY_ERRORS = 20;
/** How soon to try again after something was away. */
export const RETRY_AFTER_SECONDS = 2;

/**
 * Builds the handlers of an API route: `export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST })`.
 *
 * A method without a handler answers 405 with `Allow`; HEAD answers as GET without the body. A handler returns its answer,
 * or throws a `Problem`. What another site's page sends never gets here: scripts/server/cross-origin.ts.
 */
export function route<Params extends object = object>(
  handlers: Partial<Record<Method, Handler<Params>>>,
): Route<Params> {
  const implemented = METHODS.filter((method) => handlers[method]);
  const allow = [...implemented, ...(handlers.GET ? ["HEAD"] : []), "OPTIONS"].join(", ");

  const answer = (handler: Handler<Params> | undefined): Handler<Params> => {
    return (request, context) =>
      respond(request, () => {
        if (!handler) throw new Problem("method_not_allowed", { headers: { Allow: allow } });
        refuseQuery(request);
        return handler(request, context);
      });
  };
  return {
    GET: answer(handlers.GET),
    HEAD: answer(handlers.GET),
    POST: answer(handlers.POST),
    PUT: answer(handlers.PUT),
    PATCH: answer(handlers.PATCH),
    DELETE: answer(handlers.DELETE),
    OPTIONS: answer(() => new Response(null, { status: 204, headers: { Allow: allow } })),
  };
}

/** Runs `work`, and makes of whatever comes of it a response, with the id that is in the log. All other headers that each one has, the door sets. */
export async function respond(request: Request, work: () => Promise<Response> | Response): Promise<Response> {
  const requestId = requestIdOf(request);
  const settled = await settle(request, requestId, work);
  return withRequestId(request.method === "HEAD" ? new Response(null, settled) : settled, requestId);
}

function withRequestId(response: Response, requestId: string): Response {
  try {
    response.headers.set("X-Request-Id", requestId);
    return response;
  } catch {
    // The headers of a `Response.redirect()` can't be added to.
    return withRequestId(new Response(response.body, response), requestId);
  }
}

async function settle(
  request: Request,
  requestId: string,
  work: () => Promise<Response> | Response,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) return problemResponse(error, requestId);
    // Next steers by exceptions too, such as those of `redirect()`.
    unstable_rethrow(error);
    const fields = { requestId, method: request.method, path: new URL(request.url).pathname, error };
    if (isOutage(error)) {
      log.warn(fields, "Something that a request needs is away.");
      const headers = { "Retry-After": String(RETRY_AFTER_SECONDS) };
      return problemResponse(new Problem("temporarily_unavailable", { headers }), requestId);
    }
    log.error(fields, "A request failed.");
    return problemResponse(new Problem("internal_error"), requestId);
  }
}

/** The server in front overwrites the header on each request, so what stands there is ours; else there is a new one. */
function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

/**
 * No route of ours reads a query: one that comes along was meant to do something, and is not dropped in silence. Auth.js
 * reads its own, and whoever watches over an instance may write what they like to its health checks.
 *
 * @throws Problem `invalid_input`
 */
function refuseQuery({ url }: Request): void {
  if (!url.includes("?")) return;
  const { pathname, searchParams } = new URL(url);
  if (!pathname.startsWith("/api/") || pathname.startsWith("/api/auth/")) return;
  const keys = [...new Set(searchParams.keys())].slice(0, MAX_QUERY_ERRORS);
  if (keys.length === 0) return;
  const error = { code: "unrecognized_key", message: "There is no such parameter." };
  throw new Problem("invalid_input", { errors: keys.map((key) => ({ field: key.slice(0, 100), ...error })) });
}
