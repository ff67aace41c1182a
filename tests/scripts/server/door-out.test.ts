import type { RequestListener } from "node:http";
import { describe, expect, it } from "vitest";

import { doorBefore, get, missingHeaders } from "./behind-door";

describe("openDoor, on the way out", () => {
  const answers: Record<string, RequestListener> = {
    "a page": (_, response) => response.setHeader("Content-Type", "text/html").end("<p>"),
    "no content": (_, response) => response.writeHead(204).end(),
    "a redirect": (_, response) => response.writeHead(303, { Location: "/" }).end(),
    "a list of headers": (_, response) => response.writeHead(200, ["Content-Type", "application/json"]).end("{}"),
    "a status with words": (_, response) =>
      response.writeHead(404, "Nothing", { "Content-Type": "text/plain" }).end("x"),
    "a failure": (_, response) => {
      response.statusCode = 500;
      response.end("Internal Server Error");
    },
    "written piece by piece": (_, response) => {
      response.write("a");
      response.end("b");
    },
  };
  it.each(Object.entries(answers))("puts the headers of all on %s (A79)", async (_name, handle) => {
    const ask = await doorBefore(handle);
    const answer = await ask(...get("/"));

    expect(missingHeaders(answer)).toEqual([]);
    expect(answer.headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    if (answer.headers["content-type"]?.startsWith("text/")) {
      expect(answer.headers["content-type"]).toMatch(/; charset=utf-8$/);
    }
  });

  it.each([
    ["what is not HTTP", ["hello"], 400],
    ["no Host", ["GET / HTTP/1.1", "Connection: close"], 400],
    ["two lengths (A90)", ["POST / HTTP/1.1", "Host: x", "Content-Length: 1", "Content-Length: 2"], 400],
    [
      "a length and chunks (A90)",
      ["POST / HTTP/1.1", "Host: x", "Content-Length: 1", "Transfer-Encoding: chunked"],
      400,
    ],
    ["an encoding that isn't one (A90)", ["POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked, x"], 400],
    ["headers of 17 KiB (A90)", ["GET / HTTP/1.1", "Host: x", `X-Long: ${"x".repeat(17 * 1024)}`], 431],
    ["an expectation", get("/", "Expect: the impossible"), 417],
    ["TRACE (A89)", ["TRACE / HTTP/1.1", "Host: x", "Connection: close"], 405],
    ["PROPFIND (A89)", ["PROPFIND / HTTP/1.1", "Host: x", "Connection: close"], 405],
    ["OPTIONS * (A89)", ["OPTIONS * HTTP/1.1", "Host: x", "Connection: close"], 405],
    ["CONNECT (A89)", ["CONNECT evil.example:443 HTTP/1.1", "Host: evil.example:443"], 405],
  ])("puts them on the refusal of %s, and closes", async (_name, lines, status) => {
    const ask = await doorBefore(() => expect.unreachable());
    const answer = await ask(...lines);

    expect(answer.status).toBe(status);
    expect(
      missingHeaders(answer).filter(
        (name) =>
          !answer.headers["content-type"]?.includes("problem") ||
          !/^(?:content-security-policy|cache-control)$/.test(name),
      ),
    ).toEqual([]);
    expect(answer.headers["connection"]).toBe("close");
    if (status === 405) expect(answer.headers["allow"]).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  });

  it("leaves what a route says itself, and says nothing twice", async () => {
    const own = { "Content-Security-Policy": "sandbox", "Referrer-Policy": "no-referrer", "Cache-Control": "public" };
    const ask = await doorBefore((_, response) => response.writeHead(200, own).end());
    const { headers } = await ask(...get("/"));

    expect(headers).toMatchObject({
      "content-security-policy": "sandbox",
      "referrer-policy": "no-referrer",
      "cache-control": "public",
    });
  });

  it("gives a page a policy with a nonce of its own, and all else one with which it can do nothing", async () => {
    const seen: unknown[] = [];
    const ask = await doorBefore((request, response) => {
      seen.push(request.headers["content-security-policy"]);
      response
        .setHeader("Content-Type", request.url === "/page" ? "text/html; charset=utf-8" : "application/json")
        .end();
    });
    const policyOf = async (path: string) => (await ask(...get(path)))["headers"]["content-security-policy"] ?? "";
    const [first, second, data] = [await policyOf("/page"), await policyOf("/page"), await policyOf("/data")];

    expect(first).toMatch(/script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic';/);
    expect(first).not.toBe(second);
    // What Next reads the nonce from is what the browser is told.
    expect(seen.slice(0, 2)).toEqual([first, second]);
    expect(data).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox");
  });

  it.each([true, false])("lets the development server alone evaluate scripts: %s", async (development) => {
    const ask = await doorBefore((_, response) => response.setHeader("Content-Type", "text/html").end(), {
      development,
    });
    const { headers } = await ask(...get("/"));

    expect(/unsafe-/.test(headers["content-security-policy"] ?? "")).toBe(development);
  });
});
