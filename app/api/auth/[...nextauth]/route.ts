import { Problem } from "@/app/_request/problem";
import { route } from "@/app/_request/route";
import { handlers } from "@/auth";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { env } from "@/lib/env/env";
import { dropUnusableCallback } from "@/providers/drop-unusable-callback";

/** Auth.js leads to a page with the code of a refused sign-in; at a limit its clients get the answer of any other API. */
function refuseAtLimit(response: Response): Response {
  const location = response.headers.get("location");
  const code = location === null ? null : new URL(location, env().AUTH_URL).searchParams.get("code");
  if (isRateLimited(code)) throw new Problem(code);
  return response;
}

/** Auth.js: `providers`, `csrf`, `signin`, `callback`, `signout`. The session is read by the route beside this one. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: (request) => handlers.GET(dropUnusableCallback(request)),
  POST: async (request) => refuseAtLimit(await handlers.POST(dropUnusableCallback(request))),
});
