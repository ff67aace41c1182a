import type { Passed, Weakening } from "../../support/weakening-proxy";
import { changed, instead, isCall, json, weakness } from "./weakness";

const COOKIE = /(?:__Host-)?authjs\.session-token=([^;]+)/;
const CLEARED = { "clear-site-data": '"cache", "cookies", "storage"' };

const withoutSessionCookie = (answer: Passed): Passed => {
  const lines = (answer.headers["set-cookie"] ?? []).filter((line) => !line.startsWith("authjs.session-token"));
  return { ...answer, headers: { ...answer.headers, "set-cookie": lines } };
};

/** Whether a token says of itself that nobody signed it. */
const isUnsigned = (token: string) => {
  const [header = ""] = token.split(".");
  return Buffer.from(header, "base64url").toString().includes('"alg":"none"');
};

/** Refuses each cookie after its first refresh, as single-use refresh tokens without a grace do. */
function oneAtATime(): Weakening {
  const used = new Set<string>();
  return instead("POST", "/api/refresh", (request, forward) => {
    const { cookie = "" } = request.headers;
    if (used.has(cookie)) return json(401, { code: "session_ended" });
    used.add(cookie);
    return forward(request);
  });
}

export const sessionWeaknesses = [
  weakness(
    "A1",
    "scripts can read the session cookie",
    changed((answer) => {
      const lines = answer.headers["set-cookie"]?.map((line) => line.replace(/;\s*HttpOnly/i, ""));
      return lines ? { ...answer, headers: { ...answer.headers, "set-cookie": lines } } : answer;
    }),
  ),
  weakness(
    "A2",
    "the session endpoint repeats the session's token",
    instead("GET", "/api/auth/session", (request) =>
      json(200, { sessionToken: COOKIE.exec(request.headers.cookie ?? "")?.[1] }),
    ),
  ),
  weakness(
    "A3",
    "a sign-in stores a whole profile in a cookie",
    changed((answer, request) => {
      if (!isCall(request, "POST", "/api/sign-in") || answer.status !== 200) return answer;
      const lines = [...(answer.headers["set-cookie"] ?? []), `profile=${"A".repeat(6_000)}; Path=/; HttpOnly`];
      return { ...answer, headers: { ...answer.headers, "set-cookie": lines } };
    }),
  ),
  weakness(
    "A4",
    "a sign-in keeps the session cookie that is there",
    instead("POST", "/api/sign-in", async (request, forward) => {
      const answer = await forward(request);
      return COOKIE.test(request.headers.cookie ?? "") ? withoutSessionCookie(answer) : answer;
    }),
  ),
  weakness(
    "A5",
    "a token that says of itself that it is unsigned is believed",
    instead("GET", "/api/me", (request, forward) => {
      const { cookie = "", authorization = "" } = request.headers;
      const token = COOKIE.exec(cookie)?.[1] ?? authorization.replace("Bearer ", "");
      return isUnsigned(token) ? json(200, { user: {} }) : forward(request);
    }),
  ),
  weakness(
    "A6",
    "a sign-out only takes the cookie away",
    instead("POST", "/api/sign-out", () => json(204, {}, CLEARED)),
  ),
  weakness(
    "A8",
    "a changed password leaves other sessions as they are",
    instead("POST", "/api/password/change", async (request, forward) => {
      const { headers } = await forward({ ...request, path: "/api/refresh", body: "" });
      return json(204, {}, { "set-cookie": headers["set-cookie"] ?? [] });
    }),
  ),
  weakness(
    "A10",
    "a session is ended in the list only",
    instead("DELETE", /^\/api\/sessions\/./, async (request, forward) => {
      const answer = await forward({ ...request, method: "GET", path: "/api/sessions" });
      return json(answer.body.includes(request.path.slice("/api/sessions/".length)) ? 204 : 404);
    }),
  ),
  weakness("A11", "a page's data is given to whoever asks for data", (request, forward) =>
    request.path === "/dashboard" && request.headers["rsc"]
      ? { status: 200, headers: { "content-type": "text/x-component" }, body: '0:["Signed in as","ada@example.com"]' }
      : forward(request),
  ),
  weakness("A12", "a header says that the gate was passed already", (request, forward) =>
    request.headers["x-middleware-subrequest"] ? json(200, { user: {} }) : forward(request),
  ),
  weakness(
    "A13",
    "one call was forgotten in the access policy",
    instead("GET", "/api/passkeys", () => json(200, { passkeys: [] })),
  ),
  weakness("A15", "a superseded cookie goes on refreshing", async (request, forward) => {
    const answer = await forward(request);
    return isCall(request, "POST", "/api/refresh") && answer.status === 401 && COOKIE.test(request.headers.cookie ?? "")
      ? json(200, { accessToken: "" })
      : answer;
  }),
  weakness("A16", "of refreshes at once, one wins", oneAtATime()),
  weakness("A17", "a session that ended can be refreshed", async (request, forward) => {
    const answer = await forward(request);
    return answer.body.includes("session_ended") ? json(200, { accessToken: "" }) : answer;
  }),
  weakness("A18", "an access token is a session cookie, too", (request, forward) => {
    const value = COOKIE.exec(request.headers.cookie ?? "")?.[1] ?? "";
    const isAccessToken = value.split(".").length === 3;
    return forward(
      isAccessToken ? { ...request, headers: { ...request.headers, authorization: `Bearer ${value}` } } : request,
    );
  }),
  weakness("A19", "an access token outlives its session", async (request, forward) => {
    const answer = await forward(request);
    return request.headers.authorization && answer.status === 401 ? json(200, { user: {} }) : answer;
  }),
];
