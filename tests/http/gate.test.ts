import { describe, expect, it } from "vitest";

import { signedInClient } from "../support/accounts";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";

const SESSION_COOKIE = "authjs.session-token";
/** Words that only the gated pages show. */
const PAGE_MARKERS = /This sign-in|About you|What you see here/;

const server = useServer();

const GATED_PAGES = ["/dashboard", "/profile"];
const OPEN_PAGES = ["/", "/sign-in", "/sign-up", "/verify-email", "/auth-error"];

/** Ways to ask for a gated page that once got past a gate somewhere. */
const DISGUISES: [path: string, headers?: Record<string, string>][] = GATED_PAGES.flatMap((page) => [
  [`${page}.rsc`],
  [`${page}?_rsc=x`],
  [`${page}.segments/_tree.segment.rsc`],
  [page, { rsc: "1" }],
  [page, { rsc: "1", "next-router-prefetch": "1" }],
  [page, { rsc: "1", "next-router-segment-prefetch": "/_tree" }],
  [page, { "x-middleware-subrequest": "middleware" }],
  [page, { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" }],
  [page, { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" }],
  [page, { "x-middleware-prefetch": "1" }],
  [page, { "x-nextjs-data": "1" }],
  [page, { "x-invoke-path": "/" }],
  [page, { "x-original-url": "/", "x-rewrite-url": "/" }],
  [`/${encodeURIComponent(page.slice(1, 2))}%${page.charCodeAt(2).toString(16)}${page.slice(3)}`],
  [page.toUpperCase()],
  [`${page}/`],
  [`/${page}`],
  [`${page};x`],
  [`${page}%2f`],
  [`${page}%00`],
  [`/_next/data/x${page}.json`],
]);

describe("somebody who is not signed in", () => {
  it.each(GATED_PAGES)("is sent from %s to sign in, and back afterwards", async (page) => {
    const response = await server().client().get(page);

    expect([response.status, response.headers.get("location")?.replace(server().origin, "")]).toEqual([
      307,
      `/sign-in?callbackUrl=${encodeURIComponent(page)}`,
    ]);
    expect(response.headers.get("cache-control") ?? "").toContain("no-store");
  });

  it("is brought back with the query", async () => {
    const { headers } = await server().client().get("/profile?tab=name&x=%2F%2Fevil.example");
    const target = new URL(headers.get("location") ?? "", server().origin);

    expect(target.searchParams.get("callbackUrl")).toBe("/profile?tab=name&x=%2F%2Fevil.example");
  });

  it.each(OPEN_PAGES)("sees %s", async (page) => {
    expect((await server().client().get(page)).status).toBe(200);
  });

  it.each(DISGUISES)("gets nothing from %s %j (A11, A12)", async (path, headers) => {
    const response = await server()
      .client()
      .get(path, headers ? { headers } : {});

    expect(response.status).not.toBe(200);
    expect(await response.text()).not.toMatch(PAGE_MARKERS);
  });

  it("gets a 401 problem from an API, and no redirect", async () => {
    const response = await server().client().get("/api/me");

    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
    await expectProblem(response, 401, "unauthenticated");
  });

  it.each(["x", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30.", "", "x".repeat(4000), "%00", "null"])(
    "is nobody with the cookie %j, and the server stays well",
    async (value) => {
      const client = server().client();
      client.cookies.set(SESSION_COOKIE, value);

      await expectProblem(await client.get("/api/me"), 401, "unauthenticated");
      expect((await client.get("/dashboard")).status).toBe(307);
      expect((await client.get("/sign-in")).status).toBe(200);
    },
  );

  it.each(["Bearer x", "Bearer %", "Bearer", "Basic YTpi", "Bearer eyJhbGciOiJub25lIn0.e30."])(
    "is nobody with the authorization %j",
    async (authorization) => {
      await expectProblem(
        await server().client().get("/api/me", { headers: { authorization } }),
        401,
        "unauthenticated",
      );
    },
  );
});

describe("somebody who is signed in", () => {
  it.each(GATED_PAGES)("sees %s, which is kept nowhere", async (page) => {
    const { client } = await signedInClient(server());
    const response = await client.get(page);

    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control") ?? "").toContain("no-store");
    expect(await response.text()).toMatch(PAGE_MARKERS);
  });

  it("is nobody once a byte of the cookie is changed", async () => {
    const { client } = await signedInClient(server());
    const cookie = client.cookies.get(SESSION_COOKIE) ?? "";
    for (const index of [10, Math.floor(cookie.length / 2), cookie.length - 2]) {
      const changed = cookie[index] === "A" ? "B" : "A";
      const forger = server().client();
      forger.cookies.set(SESSION_COOKIE, cookie.slice(0, index) + changed + cookie.slice(index + 1));

      expect((await forger.get("/api/me")).status).toBe(401);
    }
  });

  it("has one small cookie, out of reach of scripts, and no token in any page", async () => {
    const { client, account } = await signedInClient(server());
    const { email, password } = account;
    const again = await server().client().post("/api/sign-in", { email, password });
    const line = again.headers.getSetCookie().find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`)) ?? "";

    expect(line).toMatch(/; *HttpOnly/i);
    expect(line).toMatch(/; *SameSite=(?:Lax|Strict)/i);
    expect(line).toMatch(/; *Path=\/(?:;|$)/i);
    expect(line).not.toMatch(/; *Domain=/i);
    expect(line.split(";")[0]?.length).toBeLessThan(1024);

    const cookie = client.cookies.get(SESSION_COOKIE) ?? "";
    for (const path of ["/", "/dashboard", "/profile", "/api/me", "/api/auth/session"]) {
      const text = await (await client.get(path)).text();
      expect(text).not.toContain(cookie.slice(0, 40));
      expect(text).not.toContain("eyJ");
    }
  });

  it("is seen by Auth.js's own session endpoint", async () => {
    const { client, account } = await signedInClient(server());
    const session = (await (await client.get("/api/auth/session")).json()) as { user?: { email?: string } };

    expect(session.user?.email).toBe(account.email);
    expect(await (await server().client().get("/api/auth/session")).json()).toBeNull();
  });
});
