import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";

import { doorBefore, get, missingHeaders } from "./behind-door";

describe("openDoor, on the way in", () => {
  it("takes the host from AUTH_URL, and from clients nothing that a proxy or Next would say (A74)", async () => {
    let seen: IncomingMessage["headers"] = {};
    const ask = await doorBefore((request, response) => {
      seen = request.headers;
      response.end();
    });
    await ask(
      "GET / HTTP/1.1",
      "Host: evil.test",
      "Connection: close",
      "Forwarded: host=evil.test",
      ...["Host", "Proto", "Port", "Prefix", "Server"].map((name) => `X-Forwarded-${name}: evil.test`),
      ...["X-Original-URL", "X-Rewrite-URL", "X-Original-Host", "X-Invoke-Path", "X-Matched-Path"].map(
        (name) => `${name}: /evil`,
      ),
      ...["X-Middleware-Subrequest", "X-Now-Route-Matches", "X-Latchkey-Peer", "X-Latchkey-Passed"].map(
        (name) => `${name}: evil`,
      ),
      ...["X-Request-Id", "X-Nextjs-Data", "Content-Security-Policy"].map((name) => `${name}: evil`),
      "X-Forwarded-For: 192.0.2.1",
      "Next-Action: kept",
    );

    expect(JSON.stringify(seen)).not.toContain("evil");
    expect(seen).toMatchObject({
      host: "app.example.com",
      "x-forwarded-host": "app.example.com",
      "x-forwarded-proto": "https",
      "x-forwarded-port": "443",
      "x-forwarded-for": "192.0.2.1",
      "x-latchkey-peer": "127.0.0.1",
      "next-action": "kept",
    });
  });

  it.each([
    ["/path?query", "/path?query"],
    ["//evil.test/path", "//evil.test/path"],
    ["http://evil.test/path?query", "/path?query"],
    ["ftp://evil.test/", null],
    ["evil", null],
  ])("reads the target %s as %s", async (target, expected) => {
    let seen: string | null | undefined = null;
    const ask = await doorBefore((request, response) => {
      seen = request.url;
      response.end();
    });
    const answer = await ask(...get(target));

    expect([answer.status, seen]).toEqual([expected === null ? 400 : 200, expected]);
  });

  it.each([
    ["GET", "/page?x=1", "http", 1, 308],
    ["GET", "//evil.test", "http", 1, 308],
    ["GET", "/page", "http, https", 1, 200],
    ["GET", "/page", "http, https", 2, 308],
    ["GET", "/page", "https", 1, 200],
    ["GET", "/page", "http", 0, 200],
    ["GET", "/api/me", "http", 1, 403],
    ["POST", "/sign-in", "http", 1, 403],
  ])(
    "%s %s that a proxy got over %s, with %i of them trusted: %i (A77)",
    async (method, path, scheme, trustedProxies, status) => {
      const ask = await doorBefore((_, response) => response.end(), { trustedProxies });
      const [, ...headers] = get(
        path,
        `X-Forwarded-Proto: ${scheme}`,
        "Origin: https://app.example.com",
        "Content-Length: 0",
      );
      const answer = await ask(`${method} ${path} HTTP/1.1`, ...headers);

      expect([answer.status, answer.headers["location"]]).toEqual([
        status,
        status === 308 ? `https://app.example.com${path}` : undefined,
      ]);
    },
  );

  it.each([
    ["/api/things", "application/json", "application/problem+json"],
    ["/sign-in", "text/html,*/*", "text/html; charset=utf-8"],
    ["/sign-in", "*/*", "application/problem+json"],
  ])("says no to another site in the words of %s for %s", async (path, accept, type) => {
    const ask = await doorBefore(() => expect.unreachable());
    const [, ...headers] = get(path, `Accept: ${accept}`, "Origin: https://evil.test", "Content-Length: 0");
    const answer = await ask(`POST ${path} HTTP/1.1`, ...headers);

    expect([answer.status, answer.headers["content-type"], missingHeaders(answer)]).toEqual([403, type, []]);
    expect(answer.body).toContain("Request from another site");
    if (type.includes("problem")) expect(JSON.parse(answer.body)).toMatchObject({ code: "cross_origin", status: 403 });
  });

  it.each([
    ["/sign-in", "Transfer-Encoding: chunked", 411],
    ["/api/auth/signout", "Transfer-Encoding: chunked", 411],
    ["/api/auth/signout", "Content-Length: 65537", 413],
    ["/api/auth/signout", "Content-Length: 0", 200],
    ["/api/sign-up", "Content-Length: 0", 200],
  ])("takes no body without end: POST %s with %s is %i", async (path, length, status) => {
    const ask = await doorBefore((_, response) => response.end());
    const [, ...headers] = get(path, "Origin: https://app.example.com", length);

    expect((await ask(`POST ${path} HTTP/1.1`, ...headers)).status).toBe(status);
  });

  it("waits no longer than it should for a body that drips in (F19)", async () => {
    const limits = { headersTimeout: 200, requestTimeout: 200, connectionsCheckingInterval: 50 };
    const ask = await doorBefore((request) => request.resume(), {}, limits);
    const answer = await ask(
      "POST /api/things HTTP/1.1",
      "Host: app.example.com",
      "Origin: https://app.example.com",
      "Content-Length: 100",
      "",
      "a bit",
    );

    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([408, { code: "request_timeout" }]);
  });
});
