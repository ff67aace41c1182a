import { describe, expect, it, vi } from "vitest";

import { Problem } from "@/app/_request/problem";
import { respond, route } from "@/app/_request/route";
import { Failure } from "@/lib/failure";
import { log } from "@/lib/log";

const URL_OF_ROUTE = "http://localhost:3000/api/things";
const REQUEST_ID = "0198c0de-0000-7000-8000-000000000001";
const context = { params: Promise.resolve({}) };
const request = (method: string, headers: Record<string, string> = {}) =>
  new Request(URL_OF_ROUTE, { method, headers: { "x-request-id": REQUEST_ID, ...headers } });
const hello = () => Response.json({ hello: "world" });

describe("route", () => {
  it("answers with the headers that every response has", async () => {
    const response = await route({ GET: hello }).GET(request("GET"), context);

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "application/json",
      "x-request-id": REQUEST_ID,
    });
    expect(await response.json()).toEqual({ hello: "world" });
  });

  it("leaves a handler's own Cache-Control", async () => {
    const handler = () => new Response("keys", { headers: { "Cache-Control": "public, max-age=300" } });

    const response = await route({ GET: handler }).GET(request("GET"), context);
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
  });

  it("keeps each of several cookies", async () => {
    const handler = () => {
      const response = hello();
      response.headers.append("Set-Cookie", "a=1");
      response.headers.append("Set-Cookie", "b=2");
      return response;
    };

    const response = await route({ GET: handler }).GET(request("GET"), context);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("answers HEAD as GET, without the body", async () => {
    const { HEAD } = route({ GET: hello });
    const response = await HEAD(request("HEAD"), context);

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.text()).toBe("");
  });

  it.each(["GET", "HEAD", "PUT", "PATCH", "DELETE"] as const)(
    "refuses %s with what is allowed instead",
    async (method) => {
      const response = await route({ POST: hello })[method](request(method), context);

      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("POST, OPTIONS");
      expect(response.headers.get("x-request-id")).toBe(REQUEST_ID);
      if (method === "HEAD") return;
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.json()).toEqual({
        type: "about:blank",
        title: "Method not allowed",
        status: 405,
        code: "method_not_allowed",
        detail: "This address does not answer that method.",
        requestId: REQUEST_ID,
      });
    },
  );

  it("refuses a query, which no route reads, but leaves Auth.js and health checks theirs", async () => {
    const { GET } = route({ GET: hello });
    const ask = (path: string) => GET(new Request(`http://localhost:3000${path}`), context);
    const refused = await ask("/api/things?role=admin&role=more&x");

    expect([refused.status, await refused.json()]).toEqual([
      422,
      expect.objectContaining({
        code: "invalid_input",
        errors: ["role", "x"].map((field) => ({
          field,
          code: "unrecognized_key",
          message: "There is no such parameter.",
        })),
      }),
    ]);
    for (const path of ["/api/things", "/api/things?", "/api/auth/session?x=1", "/healthz?x=1"]) {
      expect((await ask(path)).status).toBe(200);
    }
  });

  it("tells by OPTIONS what is allowed", async () => {
    const { OPTIONS } = route({ GET: hello, DELETE: hello });
    const response = await OPTIONS(request("OPTIONS"), context);

    expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, DELETE, HEAD, OPTIONS"]);
  });

  it("passes the path's parameters on", async () => {
    const { DELETE } = route<{ id: string }>({ DELETE: async (_request, { params }) => Response.json(await params) });
    const response = await DELETE(request("DELETE"), { params: Promise.resolve({ id: "7" }) });

    expect(await response.json()).toEqual({ id: "7" });
  });

  it.each(["", "short", "a".repeat(65), "has spaces in it", "semi;colon-and-more", "<script>alert(1)</script>"])(
    "makes an id of its own where the given one is %j",
    async (given) => {
      const response = await route({ GET: hello }).GET(request("GET", { "x-request-id": given }), context);

      expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe("respond", () => {
  const failing = (error: unknown) => () => {
    throw error;
  };

  it("says a Problem with its fields, members and headers", async () => {
    const problem = new Problem("session_ended", {
      members: { reason: "signed_out" },
      headers: { "WWW-Authenticate": "Bearer" },
    });
    const response = await respond(request("GET"), failing(problem));

    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Session ended",
      status: 401,
      code: "session_ended",
      detail: "This session has ended. Sign in again.",
      reason: "signed_out",
      requestId: REQUEST_ID,
    });
  });

  it("says that what is away may be back in a moment, and notes it", async () => {
    const warn = vi.spyOn(log, "warn");
    const response = await respond(request("POST"), failing(new Failure("hash_queue_full", "Full.")));

    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await response.json()).toMatchObject({ code: "temporarily_unavailable", requestId: REQUEST_ID });
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it("notes a bug once with the request's id, and tells the client nothing of it", async () => {
    const error = vi.spyOn(log, "error");
    const thrown = new Error("select * from users where secret = 'x'");
    const response = await respond(
      new Request(`${URL_OF_ROUTE}?token=secret`, {
        method: "POST",
        headers: { "x-request-id": REQUEST_ID },
        body: "{}",
      }),
      failing(thrown),
    );

    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: "internal_error", requestId: REQUEST_ID });
    expect(text).not.toContain("secret");
    expect(error.mock.calls).toEqual([
      [{ requestId: REQUEST_ID, method: "POST", path: "/api/things", error: thrown }, "A request failed."],
    ]);
  });

  it.each([undefined, null, "a string", { status: 200 }])("takes %j thrown for a bug too", async (thrown) => {
    const response = await respond(request("GET"), failing(thrown));

    expect(response.status).toBe(500);
  });
});
