import type { Passed, Passing, Weakening } from "../../support/weakening-proxy";
import { changed, fieldsOf, instead, isCall, json, seenAs, weakness, withFields, without } from "./weakness";

const isApi = ({ path }: Passing) => path.startsWith("/api/");

/** The request as it would look if the server's own page had sent it. */
const asOurs = (request: Passing): Passing => without(request, "origin", "sec-fetch-site", "referer");

/** An unsafe request of another site, as a server sees it that looks at neither Origin nor Sec-Fetch-Site. */
const seenFromAnywhere: Weakening = seenAs((request) =>
  isApi(request) && request.method !== "GET"
    ? { ...asOurs(request), headers: { ...asOurs(request).headers, "sec-fetch-site": "same-origin" } }
    : request,
);

const withHeaders = (answer: Passed, headers: Passed["headers"]): Passed => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});

const withoutHeader = (answer: Passed, name: string): Passed => {
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([key]) => key !== name));
  return { ...answer, headers };
};

const isHtml = ({ headers }: Passed) => String(headers["content-type"]).startsWith("text/html");

export const webWeaknesses = [
  weakness("A70", "nobody looks at where a request comes from", seenFromAnywhere),
  weakness("A71", "nobody looks at where a sign-in comes from", seenFromAnywhere),
  weakness(
    "A72",
    "any body is read as JSON",
    seenAs((request) =>
      isApi(request) && request.method === "POST"
        ? { ...request, headers: { ...request.headers, "content-type": "application/json" } }
        : request,
    ),
  ),
  weakness("A73", "a sign-out is a link", (request, forward) =>
    isCall(request, "GET", "/api/sign-out")
      ? forward({ ...request, method: "POST", headers: { ...request.headers, "sec-fetch-site": "same-origin" } })
      : forward(request),
  ),
  weakness("A74", "redirects lead to the host that was asked", async (request, forward) => {
    const answer = await forward(request);
    const host = request.headers["x-forwarded-host"];
    const { location } = answer.headers;
    return host && typeof location === "string"
      ? withHeaders(answer, { location: location.replace(/^(?:https?:\/\/[^/]+)?\//, `https://${host}/`) })
      : answer;
  }),
  weakness("A75", "the way back leads anywhere", (request, forward) => {
    const back = /callbackUrl=([^&]*)/.exec(request.path)?.[1];
    return back && request.path.startsWith("/sign-in")
      ? { status: 307, headers: { location: decodeURIComponent(back).replaceAll(/[\r\n]/g, "") }, body: "" }
      : forward(request);
  }),
  weakness(
    "A78",
    "every origin may read",
    changed((answer, { headers }) =>
      headers.origin
        ? withHeaders(answer, {
            "access-control-allow-origin": headers.origin,
            "access-control-allow-credentials": "true",
          })
        : answer,
    ),
  ),
  weakness(
    "A79",
    "one header is missing from files",
    changed((answer, { path }) =>
      path.startsWith("/_next/") ? withoutHeader(answer, "x-content-type-options") : answer,
    ),
  ),
  weakness("A80", "answers can be embedded", async (request, forward) => {
    // Nor does it look at what the browser says of the page that embeds.
    const headers = Object.entries(request.headers).filter(([name]) => !name.startsWith("sec-fetch-"));
    const answer = await forward({ ...request, headers: Object.fromEntries(headers) });
    return withoutHeader(answer, "cross-origin-resource-policy");
  }),
  weakness(
    "A81",
    "scripts in the page run",
    changed((answer) => {
      const policy = answer.headers["content-security-policy"];
      const open = String(policy).replace("script-src ", "script-src 'unsafe-inline' ");
      return policy ? withHeaders(answer, { "content-security-policy": open }) : answer;
    }),
  ),
  weakness("A82", "an error is repeated as it came", async (request, forward) => {
    const answer = await forward(request);
    const error = /[?&]error=([^&]*)/.exec(request.path)?.[1];
    return error && isHtml(answer) ? { ...answer, body: `${decodeURIComponent(error)}${answer.body}` } : answer;
  }),
  weakness(
    "A83",
    "names are written into the page as they are",
    changed((answer) =>
      isHtml(answer)
        ? { ...answer, body: answer.body.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"') }
        : answer,
    ),
  ),
  weakness(
    "A84",
    "personal answers may be kept",
    changed((answer, { path }) =>
      path === "/api/me" ? withHeaders(answer, { "cache-control": "max-age=60" }) : answer,
    ),
  ),
  weakness("A85", "a quotation mark ends the statement", (request, forward) =>
    request.body.includes("'; DROP") ? json(500, { message: "syntax error at or near" }) : forward(request),
  ),
  weakness("A86", "what isn't text is made text", (request, forward) => {
    const fields = fieldsOf(request);
    const texts = Object.entries(fields).map(([name, value]) => [name, name === "email" ? "a@attack.test" : value]);
    return request.body.startsWith("{") && isApi(request)
      ? forward(withFields(request, Object.fromEntries(texts)))
      : forward(request);
  }),
  weakness("A87", "a body that is no JSON breaks the route", async (request, forward) => {
    const answer = await forward(request);
    return answer.body.includes("malformed_json") ? json(500, { code: "internal_error" }) : answer;
  }),
  weakness("A88", "an address is matched character by character, again and again", async (request, forward) => {
    if (request.body.length > 20_000) await new Promise((resolve) => setTimeout(resolve, 1_500));
    return forward(request);
  }),
  weakness("A89", "odd methods break the routes", (request, forward) =>
    request.method === "PROPFIND" ? json(500) : forward(request),
  ),
  weakness("A90", "a length and chunks together are read as either", (request, forward) => forward(request), true),
  weakness("A91", "the environment lies beside the site", (request, forward) =>
    request.path === "/.env" ? { status: 200, headers: {}, body: "AUTH_SECRET=x" } : forward(request),
  ),
  weakness("A92", "an error tells where it happened", async (request, forward) => {
    const answer = await forward(request);
    const body = "TypeError\n    at parse (/srv/app/node_modules/next/dist/index.js:1:1)";
    return answer.status === 400 ? { ...answer, body } : answer;
  }),
  weakness(
    "A93",
    "somebody else's id is told from nobody's",
    instead("DELETE", /^\/api\/sessions\/./, async (request, forward) => {
      const answer = await forward(request);
      return request.path.endsWith("00000000-0000-7000-8000-000000000000") ? answer : json(403);
    }),
  ),
  weakness("A94", "fields that nobody asked for are dropped silently", (request, forward) => {
    const { email, password, name } = fieldsOf(request);
    return isCall(request, "POST", "/api/sign-up") && email
      ? forward(withFields(request, { email, password, ...(name ? { name } : {}) }))
      : forward(request);
  }),
  weakness(
    "A98",
    "an account goes without its password",
    instead("DELETE", "/api/account", () => json(202)),
  ),
  weakness(
    "A99",
    "an export is shown in the browser",
    changed((answer, { path }) =>
      path === "/api/account/export" ? withoutHeader(answer, "content-disposition") : answer,
    ),
  ),
  weakness(
    "A100",
    "a script was built with the server's settings",
    changed((answer, { path }) =>
      path.endsWith(".js") ? { ...answer, body: `${answer.body};"postgres://latchkey@db"` } : answer,
    ),
  ),
];
