import type { NextRequest } from "next/server";

import { env } from "@/lib/env/env";
import { authLogger } from "./auth-logger";
import { providerFailureOf, reportProviderFailure } from "./provider-failure";

/** Auth.js's handlers. */
interface Handlers {
  GET(request: NextRequest): Promise<Response>;
  POST(request: NextRequest): Promise<Response>;
}

const PROVIDER_PATH = /^\/api\/auth\/(?:signin|callback)\/([a-z0-9-]+)\/?$/;

const errors = new WeakMap<Request, Error>();

/** Auth.js's logger, which also remembers what went wrong with a request: Auth.js itself tells the browser nothing but "Configuration". */
export function loggerOf(request: Request | undefined): typeof authLogger {
  return {
    ...authLogger,
    error(error) {
      if (request) errors.set(request, error);
      authLogger.error?.(error);
    },
  };
}

/** Auth.js's handlers, leading to a page that says so where it was the provider who failed. */
export function explainFailures(handlers: Handlers): Handlers {
  const explained = (method: "GET" | "POST") => async (request: NextRequest) => {
    const answer = await handlers[method](request);
    const [, provider] = PROVIDER_PATH.exec(request.nextUrl.pathname) ?? [];
    const failure = provider && leadsToErrorPage(answer) ? providerFailureOf(errors.get(request)) : null;
    if (!provider || !failure) return answer;
    const explanation = new URL(await reportProviderFailure(provider, failure), env().AUTH_URL);
    const mended = new Headers(answer.headers);
    mended.set("location", explanation.href);
    return new Response(null, { status: 302, headers: mended });
  };
  return { GET: explained("GET"), POST: explained("POST") };
}

function leadsToErrorPage(answer: Response): boolean {
  const location = answer.headers.get("location");
  return location !== null && new URL(location, env().AUTH_URL).pathname === "/auth-error";
}
