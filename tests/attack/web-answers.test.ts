import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RequestOptions } from "@/attack/http-client";
import { createAccount, signedInClient } from "../support/accounts";
import { builtPages } from "../support/built-app";
import { useServer } from "../support/server";
import { ROOT } from "../support/source-files";

const server = useServer();

const STATIC_FOLDER = join(ROOT, ".next", "static", "chunks");
const script = `/_next/static/chunks/${readdirSync(STATIC_FOLDER).find((name) => name.endsWith(".js"))}`;
const styles = `/_next/static/chunks/${readdirSync(STATIC_FOLDER).find((name) => name.endsWith(".css"))}`;
const json = (body: string): RequestOptions => ({ body, headers: { "content-type": "application/json" } });

/** One answer of each kind and status: what asks for it, and what comes. */
const ANSWERS: [status: number, method: string, path: string, options?: RequestOptions][] = [
  [200, "GET", "/sign-in"],
  [200, "HEAD", "/sign-in"],
  [200, "GET", "/icon.svg"],
  [200, "GET", script],
  [200, "GET", styles],
  [200, "GET", "/healthz"],
  [200, "GET", "/.well-known/jwks.json"],
  [200, "GET", "/api/auth/session"],
  [200, "GET", "/api/auth/csrf"],
  [200, "GET", "/api/auth/providers"],
  [202, "POST", "/api/password/forgot", json('{"email":"nobody@example.com"}')],
  [204, "OPTIONS", "/api/sign-in"],
  [204, "POST", "/api/sign-out"],
  [302, "GET", "/api/auth/signin"],
  [307, "GET", "/dashboard"],
  // Next leads a script that asks for a page's parts to the address with their hash.
  [307, "GET", "/sign-in", { headers: { rsc: "1" } }],
  [303, "POST", "/dashboard"],
  [308, "GET", "/sign-in/"],
  [400, "POST", "/api/sign-in", json("{")],
  [400, "GET", "/%"],
  [401, "GET", "/api/me"],
  [403, "POST", "/api/sign-in", { headers: { origin: "https://evil.example" } }],
  [403, "POST", "/sign-in", { headers: { origin: "https://evil.example", accept: "text/html" } }],
  [404, "GET", "/no/such/page"],
  [404, "GET", "/no-such-page", { headers: { rsc: "1" } }],
  [404, "GET", "/api/nothing"],
  [404, "GET", "/_next/static/nothing.js"],
  [404, "GET", "/avatars/nothing"],
  [405, "PUT", "/api/sign-in"],
  [405, "PUT", "/sign-in"],
  [405, "PROPFIND", "/dashboard"],
  [411, "POST", "/sign-in", { headers: { "transfer-encoding": "chunked" } }],
  [413, "POST", "/api/sign-in", json(`"${"x".repeat(70_000)}"`)],
  [415, "POST", "/api/sign-in", { body: "x", headers: { "content-type": "text/plain" } }],
  [422, "POST", "/api/sign-in", json("{}")],
];

describe("every answer (A79)", () => {
  it.each(ANSWERS)("of %i, to %s %s, brings the headers that close doors", async (status, method, path, options) => {
    // `fetch` refuses to send this one itself; the door's own test does (tests/scripts/server/door-in.test.ts).
    if (status === 411) return;
    const response = await server().client().request(method, path, options);
    const headers = Object.fromEntries(response.headers);

    expect(response.status).toBe(status);
    expect(headers).toMatchObject({
      "strict-transport-security": "max-age=63072000; includeSubDomains",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "cache-control": expect.stringMatching(/no-store|immutable|max-age/),
    });
    if (headers["content-type"]?.startsWith("text/")) expect(headers["content-type"]).toMatch(/charset=utf-8/i);
    expect([headers["x-powered-by"], headers["server"], headers["access-control-allow-origin"]]).toEqual(
      Array(3).fill(undefined),
    );
  });

  it("of a page names a nonce of its own, in each of the page's scripts (A81)", async () => {
    for (const path of ["/sign-in", "/no/such/page", "/auth-error"]) {
      const response = await server().client().get(path);
      const [, nonce] =
        /script-src 'nonce-([^']+)' 'strict-dynamic';/.exec(response.headers.get("content-security-policy") ?? "") ??
        [];
      const scripts = (await response.text()).match(/<script\b[^>]*>/g) ?? [];

      expect(scripts.length).toBeGreaterThan(3);
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    }
  });
});

describe("what is about somebody (A84)", () => {
  it("is kept by nobody", async () => {
    const { client } = await signedInClient(server());
    const about = builtPages().filter((path) => !/^\/(?:dev|forbidden|unavailable)/.test(path));
    for (const path of [
      ...about,
      "/api/me",
      "/api/sessions",
      "/api/auth/session",
      "/api/connections",
      "/api/passkeys",
    ]) {
      const response = await client.get(path);
      expect([path, response.headers.get("cache-control")]).toEqual([path, expect.stringMatching(/private.*no-store/)]);
    }
  });

  it("is not at an address that a cache would take for a file", async () => {
    const { client } = await signedInClient(server());
    for (const path of [
      "/dashboard/x.css",
      "/dashboard/a.js",
      "/dashboard;x.css",
      "/dashboard%2fx.png",
      "/api/me/a.js",
      "/api/me/x.css",
      "/profile.css",
    ]) {
      expect([path, (await client.get(path)).status]).toEqual([path, 404]);
    }
  });

  it("is never the one before's, on the same address and connection", async () => {
    const [ada, eve] = [await signedInClient(server()), await signedInClient(server())];
    for (let round = 0; round < 4; round++) {
      const answers = await Promise.all(
        [ada, eve].map(async ({ client, account }) => ({
          account,
          texts: await Promise.all(
            ["/api/me", "/dashboard", "/profile"].map(async (path) => (await client.get(path)).text()),
          ),
        })),
      );
      const [first, second] = answers;
      expect(first?.texts.every((text) => text.includes(ada.account.email))).toBe(true);
      expect(second?.texts.some((text) => text.includes(ada.account.email))).toBe(false);
      expect(first?.texts.some((text) => text.includes(eve.account.email))).toBe(false);
    }
    expect(await (await server().client().get("/api/auth/session")).json()).toBeNull();
  });
});

describe("text that would run (A82, A83, A92)", () => {
  const MARKUP = `"><svg onload=alert(1)></script><script>alert(1)</script>`;

  it("comes back as text, from whatever part of an address", async () => {
    const sent = encodeURIComponent(MARKUP);
    const paths = [
      ...["error", "error_description", "email", "callbackUrl", "code", "token", "confirm", "outcome"].flatMap((name) =>
        ["/auth-error", "/sign-in", "/verify-email", "/reset-password", "/magic-link"].map(
          (page) => `${page}?${name}=${sent}`,
        ),
      ),
      ...[`/${sent}`, `/api/${sent}`, `/avatars/${sent}`, `/api/auth/${sent}`, `/api/auth/error?error=${sent}`],
    ];
    for (const path of paths) {
      const response = await server().client().get(path);
      const body = await response.text();
      expect([path, response.status < 500, /<svg onload|<script>alert/.test(body)]).toEqual([path, true, false]);
      if (path.startsWith("/api/") && body.startsWith("{"))
        expect(response.headers.get("content-type")).toMatch(/json/);
    }
  });

  it("is text on every page where somebody's own words are shown", async () => {
    const account = await createAccount(server(), { name: "Eve" });
    const client = server().client();
    const agent = { "user-agent": `Mozilla/5.0 ${MARKUP}` };
    await client.post("/api/sign-in", { email: account.email, password: account.password }, { headers: agent });
    await server().database.query("UPDATE users SET name = $1 WHERE email = $2", [MARKUP, account.email]);
    for (const path of builtPages().filter((page) => /^\/(?:dashboard|profile|settings|api-explorer|$)/.test(page))) {
      const body = await (await client.get(path, { headers: agent })).text();
      expect([path, /<svg onload|<script>alert/.test(body)]).toEqual([path, false]);
    }
  });

  it("and no answer tells how the server is made", async () => {
    for (const [, method, path, options] of ANSWERS.filter(([status]) => status >= 400 && status !== 411)) {
      const body = await (await server().client().request(method, path, options)).text();
      expect([path, /node_modules|\bat \w+ \(|prisma|postgres|\.ts:\d|\/app\/|next@/i.test(body)]).toEqual([
        path,
        false,
      ]);
    }
  });
});
