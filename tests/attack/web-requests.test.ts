import { describe, expect, it } from "vitest";
import { newHttpClient } from "@/attack/http-client";
import { signedInClient } from "../support/accounts";
import { postToAuth } from "../support/auth-js";
import { builtPages, builtRoutes, filledIn } from "../support/built-app";
import { expectProblem } from "../support/problem";
import { sendRaw as sendTo } from "../support/raw-request";
import { useServer } from "../support/server";

const server = useServer();
const sendRaw = (...lines: string[]) => sendTo(server().origin, ...lines);

describe("a request that lies about where it was sent (A74)", () => {
  const lies: Record<string, string> = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-forwarded-port": "4433",
    forwarded: "host=evil.example;proto=https",
    ...Object.fromEntries(
      ["x-original-url", "x-rewrite-url", "x-invoke-path", "x-matched-path"].map((name) => [name, "/dashboard"]),
    ),
    ...Object.fromEntries(["x-now-route-matches", "x-host", "x-original-host"].map((name) => [name, "evil.example"])),
  };

  it("gets the same page and the same redirects, and no word of its lie", async () => {
    const { client } = await signedInClient(server());
    for (const path of [
      "/",
      "/sign-in",
      "/dashboard",
      "/settings",
      "/sign-in/",
      "/no/such/page",
      "/api/auth/providers",
      "/api/auth/signin",
    ]) {
      for (const who of [client, server().client()]) {
        // Each with the same cookies: Auth.js keeps where one was going in one.
        const alike = () => newHttpClient(who.origin, who.cookies);
        const [honest, lying] = [await alike().get(path), await alike().get(path, { headers: lies })];
        expect([path, lying.status, lying.headers.get("location")]).toEqual([
          path,
          honest.status,
          honest.headers.get("location"),
        ]);
        expect(await lying.text()).not.toContain("evil.example");
        const location = lying.headers.get("location");
        if (location) expect(new URL(location, server().origin).origin).toBe(server().origin);
      }
    }
  });

  it("leads a provider nowhere else", async () => {
    const client = server().client();
    const honest = await postToAuth(client, "/api/auth/signin/google", {});
    const lying = await client.request("GET", "/api/auth/providers", { headers: lies });

    expect(new URL(honest.headers.get("location") ?? "").searchParams.get("redirect_uri")).toBe(
      `${server().origin}/api/auth/callback/google`,
    );
    expect(await lying.text()).toContain(`${server().origin}/api/auth/callback/google`);
  });

  it("means nothing by its Host, nor by a whole address", async () => {
    const answers = [
      await sendRaw("GET /dashboard HTTP/1.1", "Host: evil.example"),
      await sendRaw("GET http://evil.example/dashboard HTTP/1.1", "Host: evil.example"),
      await sendRaw("GET /sign-in/ HTTP/1.1", "Host: evil.example"),
    ];
    for (const answer of answers) expect(answer).not.toContain("evil.example");
    expect(answers[0]).toMatch(
      new RegExp(`^Location: (?:${server().origin})?/sign-in\\?callbackUrl=%2Fdashboard\\r$`, "im"),
    );
    expect(answers[1]).toMatch(/^HTTP\/1\.1 307 /);
  });
});

describe("a method that nothing answers (A89)", () => {
  it("ends in 405 with Allow at every route and page", async () => {
    const paths = [...builtRoutes(), ...builtPages()].map((path) => filledIn(path));
    for (const path of new Set(paths)) {
      for (const method of ["TRACE", "PROPFIND", "CONNECT"]) {
        const answer = await sendRaw(
          `${method} ${method === "CONNECT" ? "evil.example:443" : path} HTTP/1.1`,
          "Host: localhost",
        );
        expect([path, method, answer.slice(0, 12), /^Allow: /im.test(answer)]).toEqual([
          path,
          method,
          "HTTP/1.1 405",
          true,
        ]);
      }
    }
    for (const path of builtPages().filter((page) => !page.includes("["))) {
      for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS"]) {
        const response = await server().client().request(method, path);
        expect([path, method, response.status, response.headers.get("allow")]).toEqual([
          path,
          method,
          405,
          "GET, HEAD, POST",
        ]);
      }
    }
  });

  it("is a 404 problem where there is nothing", async () => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      await expectProblem(await server().client().request(method, "/api/nothing/at/all"), 404, "not_found");
    }
  });
});

describe("two readings of one request (A90)", () => {
  it.each([
    ["a length and chunks", ["Content-Length: 6", "Transfer-Encoding: chunked", "", "0", "", "GET /api/me HTTP/1.1"]],
    ["chunks twice", ["Transfer-Encoding: chunked", "Transfer-Encoding: identity", "", "0"]],
    ["chunks spelt strangely", ["Transfer-Encoding: xchunked", "", "0"]],
    ["two lengths", ["Content-Length: 0", "Content-Length: 44", "", "GET /api/me HTTP/1.1"]],
    ["a folded header", ["X-A: b", " Content-Length: 5"]],
    ["a space before the colon", ["Content-Length : 5"]],
  ])("are refused, and the connection closed: %s", async (_name, lines) => {
    const answer = await sendRaw(
      "POST /api/sign-in HTTP/1.1",
      "Host: localhost",
      `Origin: ${server().origin}`,
      ...lines,
    );

    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([expect.stringMatching(/ (?:400|411)$/)]);
  });
});

describe("files that are nobody's business (A91)", () => {
  it.each([
    ...[
      ".env",
      ".env.local",
      ".git/config",
      ".git/HEAD",
      "package.json",
      "package-lock.json",
      "auth.ts",
      "next.config.ts",
    ],
    ...[
      "prisma/schema.prisma",
      ".next/BUILD_ID",
      ".next/server/middleware.js",
      "_next/../../package.json",
      "_next/static/../../package.json",
    ],
    ...[
      "metrics",
      "api/docs",
      "api/openapi.json",
      "graphql",
      ".data/postgres/PG_VERSION",
      "security/floors.json",
      "server.js.map",
    ],
    "_next/image?url=http%3A%2F%2F127.0.0.1%3A5432&w=64&q=75",
    "_next/image?url=%2Fapi%2Fme&w=64&q=75",
  ])("/%s is not there", async (path) => {
    expect([400, 404]).toContain((await server().client().get(`/${path}`)).status);
  });
});
