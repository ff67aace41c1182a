import { beforeAll, describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { signedInClient } from "../support/accounts";
import { type BuiltAction, builtActions, builtPages, builtRoutes, filledIn } from "../support/built-app";
import { sendRaw } from "../support/raw-request";
import { useServer } from "../support/server";

const server = useServer({}, { own: true });

const EVIL = "https://evil.example";
/** What a browser, or somebody behind one, can put on a request that another site's page makes (A70). */
const HOSTILE: Record<string, string | null>[] = [
  { origin: EVIL },
  { origin: "null" },
  { origin: EVIL, "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
  { origin: null, "sec-fetch-site": "cross-site" },
  { origin: null, "sec-fetch-site": "same-site" },
  { origin: null, referer: `${EVIL}/page` },
  { origin: null },
];
/** The others are held to the same rule in tests/scripts/server/cross-origin.test.ts. */
const UNSAFE_METHODS = ["POST", "DELETE"];
const AUTH_PATHS = [
  ...["signin", "signout", "session", "csrf", "providers", "error", "verify-request", "_log"],
  ...["signin/google", "signin/credentials", "callback/google", "callback/credentials", "webauthn-options/passkey"],
].map((path) => `/api/auth/${path}`);

let victim: HttpClient;
beforeAll(async () => {
  victim = (await signedInClient(server())).client;
});

const rows = () =>
  server().database.query(
    "SELECT (SELECT count(*) FROM users) u, (SELECT count(*) FROM sign_ups) s, (SELECT count(*) FROM outgoing_mails) m, (SELECT count(*) FROM sessions WHERE ended_at IS NULL) l",
  );

async function refusals(method: string, paths: readonly string[], headers: Record<string, string | null>) {
  const answers = await Promise.all(
    paths.map(async (path) => {
      const { status, headers: answered } = await victim.request(method, path, { headers });
      const set = answered.getSetCookie().length + Number(answered.has("access-control-allow-origin"));
      return { path, status, set };
    }),
  );
  return answers.filter(({ status, set }) => status !== 403 || set > 0);
}

/** As a browser does when somebody presses a link on another site; `fetch` has a mode of its own. */
const openLink = (path: string) =>
  sendRaw(
    server().origin,
    ...[`GET ${path} HTTP/1.1`, "Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"],
    ...[
      "Sec-Fetch-Dest: document",
      `Cookie: ${[...victim.cookies].map(([name, value]) => `${name}=${value}`).join("; ")}`,
    ],
  );

const callAction = (client: HttpClient, action: BuiltAction, headers: Record<string, string | null>) => {
  const form = { "content-type": "multipart/form-data; boundary=x" };
  const body = '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n[{"status":"idle"},"$K1"]\r\n--x--\r\n';
  return client.request("POST", action.page, { body, headers: { ...form, "next-action": action.id, ...headers } });
};

describe("another site's page", () => {
  it("has every route, page, Auth.js address and action of the build to try (A13)", () => {
    expect(builtRoutes().length).toBeGreaterThan(30);
    expect(builtPages().length).toBeGreaterThan(25);
    expect(builtActions().length).toBeGreaterThan(30);
    expect(builtRoutes()).toContain("/api/auth/[...nextauth]");
  });

  it.each(HOSTILE)("reaches no route by any method that changes something: %j (A70)", async (headers) => {
    const paths = [...builtRoutes().map((path) => filledIn(path)), ...AUTH_PATHS, "/api/nothing"];
    for (const method of UNSAFE_METHODS) expect(await refusals(method, paths, headers)).toEqual([]);
  });

  it.each(HOSTILE)("posts to no page: %j (A70)", async (headers) => {
    const paths = [...builtPages().map((path) => filledIn(path)), "/no/such/page"];

    expect(await refusals("POST", paths, { "content-type": "multipart/form-data; boundary=x", ...headers })).toEqual(
      [],
    );
  });

  it.each(HOSTILE)("runs no action: %j (A70)", async (headers) => {
    const before = await rows();
    const answers = await Promise.all(
      builtActions().map(async (action) => [action.name, (await callAction(victim, action, headers)).status]),
    );

    expect(answers.filter(([, status]) => status !== 403)).toEqual([]);
    expect(await rows()).toEqual(before);
    expect((await victim.get("/api/me")).status).toBe(200);
  });

  it("signs nobody in, also where they have no cookie yet (A71)", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({
      email: "eve@evil.example",
      password: "whatever it is",
      csrfToken: "x",
    }).toString();
    // No program posts to a page: where nothing says who asks, an old browser may have been made to.
    const evil = HOSTILE.filter((headers) => headers["sec-fetch-site"] || headers["referer"] || headers["origin"]);
    for (const headers of evil) {
      for (const path of ["/sign-in", "/sign-up", "/api/sign-in", "/api/auth/callback/credentials"]) {
        const stranger = server().client();
        const response = await stranger.request("POST", path, { body, headers: { ...form, ...headers } });
        expect([path, headers, response.status, stranger.cookies.size]).toEqual([path, headers, 403, 0]);
      }
    }
    expect(
      (
        await server()
          .client()
          .request("POST", "/sign-in", { body, headers: { ...form, origin: null } })
      ).status,
    ).toBe(403);
  });

  it("is not even spared by a host that agrees with it, nor taken for a broken request (A70)", async () => {
    const action = builtActions().find(({ name }) => name === "signInAction");
    const headers = { origin: EVIL, "x-forwarded-host": "evil.example", accept: "text/html" };
    const response = await callAction(server().client(), action as BuiltAction, headers);

    expect([response.status, response.headers.get("content-type")]).toEqual([403, "text/html; charset=utf-8"]);
    expect(await response.text()).toContain("Request from another site");
  });

  it("reads nothing across origins, and no preflight is granted (A78)", async () => {
    const preflight = {
      origin: EVIL,
      "access-control-request-method": "DELETE",
      "access-control-request-headers": "x",
    };
    const asking = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" };
    const granted = async (path: string) => {
      const plain = await victim.request("OPTIONS", path, { headers: preflight });
      const reading = await victim.get(path, { headers: { origin: EVIL } });
      const asked = await victim.request("OPTIONS", path, { headers: { ...preflight, ...asking } });
      const names = [plain, reading].flatMap(({ headers }) => [...headers.keys()]);
      return names.some((name) => name.startsWith("access-control-")) || asked.status !== 403;
    };
    const paths = builtRoutes().map((route) => filledIn(route));
    for (const path of paths) expect([path, await granted(path)]).toEqual([path, false]);
  });

  it.each(["script", "image", "style", "iframe", "embed", "object", "empty"])(
    "makes no %s of an answer that is about somebody (A80)",
    async (destination) => {
      const mode = destination === "iframe" ? "navigate" : "no-cors";
      const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": destination };
      for (const path of ["/api/me", "/api/auth/session", "/dashboard", "/api/account/export"]) {
        expect((await victim.get(path, { headers })).status).toBe(403);
      }
      const opened = await openLink("/api/me");
      expect(opened).toMatch(/^HTTP\/1\.1 200 /);
      expect(opened).toMatch(/^Cross-Origin-Resource-Policy: same-origin\r$/im);
      expect(opened).toMatch(/^Content-Security-Policy: default-src 'none'.*; sandbox\r$/im);
    },
  );

  it("may lead people here", async () => {
    expect(await openLink("/dashboard")).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe("a link that is only opened (A73)", () => {
  it("changes nothing, by GET or HEAD, at any route", async () => {
    const before = await rows();
    for (const path of builtRoutes().map((route) => filledIn(route))) {
      // Sends people to sign in, which their browser is to come back from.
      if (path.startsWith("/api/auth/")) continue;
      for (const method of ["GET", "HEAD"]) {
        const { status } = await victim.request(method, `${path}?token=x&userId=victim`);
        expect([path, method, status < 500]).toEqual([path, method, true]);
      }
    }
    expect(await rows()).toEqual(before);
    expect((await victim.get("/api/me")).status).toBe(200);
  });
});
