import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { accessPolicy } from "@/access";
import { type HttpClient, newHttpClient } from "@/attack/http-client";
import { freePort } from "@/scripts/development/free-port";
import { signedInClient } from "../support/accounts";
import { builtActions, builtPages, builtRoutes, filledIn } from "../support/built-app";
import { type ServerProcess, spawnServer, useServer } from "../support/server";
import { ROOT } from "../support/source-files";

const server = useServer();

const gated = (path: string) => accessPolicy.some((rule) => rule.path === path && rule.access !== "public");
const GATED_PAGES = builtPages().filter(gated);
const GATED_ROUTES = builtRoutes().filter((path) => path.startsWith("/api/") && gated(path));

/** What only whoever is signed in sees: the heading of each page. */
const headings = new Map<string, string>();
beforeAll(async () => {
  const { client } = await signedInClient(server());
  for (const page of GATED_PAGES) {
    const html = await (await client.get(page)).text();
    headings.set(page, /<h1[^>]*>([^<]+)</.exec(html)?.[1] ?? "");
  }
});
const shows = (page: string, body: string) => {
  const heading = headings.get(page);
  return heading !== undefined && heading !== "" && new RegExp(`<h1[^>]*>${heading}|"h1".{0,200}${heading}`).test(body);
};

/** Ways to ask for a page that once got past a gate somewhere (CVE-2025-29927, CVE-2026-44574, -44575, -45109, -64642). */
function disguises(page: string): [path: string, headers?: Record<string, string>][] {
  const [first = "", ...rest] = page.slice(1);
  const encoded = `/%${first.charCodeAt(0).toString(16)}${rest.join("")}`;
  return [
    [`${page}.rsc`],
    [`${page}?_rsc=x`, { rsc: "1" }],
    [`${page}.segments/_tree.segment.rsc`],
    [`${page}.segments/!KGFjY291bnQp${page}/__PAGE__.segment.rsc`],
    [page, { rsc: "1" }],
    [page, { rsc: "1", "next-router-prefetch": "1" }],
    [page, { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" }],
    ...["middleware", "src/middleware", "proxy", "src/proxy", "pages/_middleware"].flatMap(
      (name): [string, Record<string, string>][] => [
        [page, { "x-middleware-subrequest": name }],
        [page, { "x-middleware-subrequest": Array(5).fill(name).join(":") }],
      ],
    ),
    [page, { "x-middleware-rewrite": page, "x-middleware-next": "1", "x-middleware-skip": "1" }],
    [page, { "x-invoke-path": "/", "x-matched-path": "/", "x-now-route-matches": "1" }],
    [page, { "x-original-url": "/", "x-rewrite-url": "/", "x-forwarded-host": "evil.example" }],
    [`${page}?nxtPpage=x&nextParamPpage=x`],
    [encoded],
    [page.toUpperCase()],
    ...["/", "%2f", ";x", "%00", "%20", ".json", ".css", "/x.css", "/a.js"].map((end): [string] => [page + end]),
    [`/${page}`],
    [`/.${page}`],
    [`/x/..${page}`],
    [`/x%2f..${page}`],
    [`/_next/data/build${page}.json`],
    [`/_next/data/build${page}.json`, { "x-nextjs-data": "1" }],
    [`/_next/static/..${page}`],
    [`/en${page}`],
  ];
}

describe("a gated page, asked for in disguise (A11)", () => {
  it("is one of those that access.ts names", () => {
    expect(GATED_PAGES.length).toBeGreaterThan(12);
    expect([...headings.values()].filter((heading) => heading.length > 3).length).toBeGreaterThan(12);
  });

  it.each(GATED_PAGES)("shows nothing of %s", async (page) => {
    const client = server().client();
    for (const [path, headers] of disguises(page)) {
      const response = await client.get(path, headers ? { headers } : {});
      const shown = shows(page, await response.text());
      expect([path, headers, response.status < 500, shown]).toEqual([path, headers, true, false]);
    }
  });
});

describe("the app without its gate (A12)", () => {
  let folder = "";
  let ungated: ServerProcess | undefined;
  let visitor: HttpClient;
  beforeAll(async () => {
    folder = buildWithoutGate();
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    ungated = await spawnServer({ ...server().environment, AUTH_URL: origin, PORT: String(port) }, folder);
    visitor = newHttpClient(origin);
  });
  afterAll(async () => {
    await ungated?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("really has none", async () => {
    // The gate alone knows that nothing is there: Next's own page would say the same, but not to this method.
    expect((await visitor.request("OPTIONS", "/sign-in")).status).not.toBe(405);
    expect((await server().client().request("OPTIONS", "/sign-in")).status).toBe(405);
  });

  it.each(GATED_PAGES)("sends visitors of %s to sign in, and shows nothing of it", async (page) => {
    const response = await visitor.get(page);
    const { pathname } = new URL(response.headers.get("location") ?? "/", visitor.origin);

    expect([response.status, pathname]).toEqual([307, "/sign-in"]);
    expect(shows(page, await response.text())).toBe(false);
  });

  it.each(GATED_ROUTES)("answers nobody at %s", async (route) => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const { status } = await visitor.request(method, filledIn(route), method === "GET" ? {} : { json: {} });
      expect([method, [401, 405].includes(status)]).toEqual([method, true]);
    }
  });

  it("runs no action of the account's pages for nobody", async () => {
    const actions = builtActions().filter(({ file }) => file.includes("(account)"));
    const outcomes = await Promise.all(
      actions.map(async ({ id, name, page }) => {
        const response = await visitor.request("POST", page, {
          body: '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n[{"status":"idle"},"$K1"]\r\n--x--\r\n',
          headers: { "content-type": "multipart/form-data; boundary=x", "next-action": id },
        });
        const [leadsTo = "/nowhere"] = (response.headers.get("x-action-redirect") ?? "").split(";");
        return [name, new URL(leadsTo, visitor.origin).pathname];
      }),
    );

    expect(actions.length).toBeGreaterThan(15);
    expect(outcomes.filter(([, leadsTo]) => leadsTo !== "/sign-in")).toEqual([]);
  });
});

/** The same build, with the gate taken out of it. */
function buildWithoutGate(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-ungated-"));
  for (const name of readdirSync(ROOT)) {
    if (name !== ".next" && name !== ".git") symlinkSync(join(ROOT, name), join(folder, name));
  }
  const built = (...path: string[]) => join(".next", ...path);
  cpSync(join(ROOT, built()), join(folder, built()), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !/\.next\/(?:cache|dev|types|diagnostics)(?:\/|$)/.test(source),
  });
  writeFileSync(join(folder, built("server", "functions-config-manifest.json")), '{"version":1,"functions":{}}');
  return folder;
}
