import { connect } from "node:net";
import { describe, expect, it } from "vitest";

import { newAddress, signedInClient } from "../support/accounts";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";

const server = useServer();

/** Sends bytes as they are, which `fetch` would put in order first, and returns the status line and headers. */
function sendRaw(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server().origin);
    const socket = connect(Number(port), hostname, () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    let answer = "";
    socket.setTimeout(10_000, () => socket.destroy(new Error("No answer")));
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("every response", () => {
  it.each([
    "/",
    "/sign-in",
    "/dashboard",
    "/api/me",
    "/api/nothing",
    "/healthz",
    "/no/such/page",
    "/api/auth/providers",
  ])("from %s has a request id of ours, whatever the client wrote", async (path) => {
    const headers = { "x-request-id": "forged-by-the-client" };
    const first = await server().client().get(path, { headers });
    const second = await server().client().get(path, { headers });
    const ids = [first, second].map((response) => response.headers.get("x-request-id"));

    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(ids).not.toContain("forged-by-the-client");
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("says nothing of what made it", async () => {
    const { headers } = await server().client().get("/");

    expect([headers.get("x-powered-by"), headers.get("server")]).toEqual([null, null]);
  });

  it.each(["/", "/sign-in", "/sign-up", "/verify-email"])(
    "of page %s keeps scripts and frames of others out",
    async (path) => {
      const { headers } = await server().client().get(path);
      const policy = headers.get("content-security-policy") ?? "";

      expect(policy).toMatch(/script-src [^;]*'nonce-[A-Za-z0-9+/=_-]{16,}'/);
      expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'(?![^;]*'strict-dynamic')/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    },
  );

  it("uses each nonce once", async () => {
    const nonceOf = async () =>
      /'nonce-([^']+)'/.exec(
        (await server().client().get("/sign-in")).headers.get("content-security-policy") ?? "",
      )?.[1];

    expect(await nonceOf()).not.toBe(await nonceOf());
  });
});

describe("an address where nothing is", () => {
  it.each(["/api/nothing", "/api", "/api/", "/api/sign-up/more", "/api/me/", "/api/../api/nothing"])(
    "under /api is a 404 problem: %s",
    async (path) => {
      const response = await server().client().get(path);
      // Next takes a trailing slash away by a redirect, for everybody alike.
      if (response.status === 308) return expect(response.headers.get("location")).not.toContain("sign-in");
      await expectProblem(response, 404, "not_found");
    },
  );

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("is a 404 problem by %s as well", async (method) => {
    await expectProblem(await server().client().request(method, "/api/nothing"), 404, "not_found");
  });

  it("elsewhere is a page that says so", async () => {
    const response = await server().client().get("/no/such/page");

    expect([response.status, response.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  });

  it("shows what was typed without running it", async () => {
    const response = await server().client().get("/%3Cscript%3Ealert(1)%3C/script%3E");

    expect(await response.text()).not.toContain("<script>alert(1)");
  });
});

describe("a method that nothing answers", () => {
  it.each(["TRACE", "PROPFIND", "SEARCH"])("%s ends at the door, for gated paths too", async (method) => {
    const answer = await sendRaw([`${method} /dashboard HTTP/1.1`, "Host: localhost", "Connection: close"]);

    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toMatch(/^Allow: /im);
  });

  it("ends CONNECT and OPTIONS * there as well", async () => {
    expect(await sendRaw(["CONNECT evil.example:443 HTTP/1.1", "Host: evil.example:443"])).toMatch(/^HTTP\/1\.1 405 /);
    const star = await sendRaw(["OPTIONS * HTTP/1.1", "Host: localhost", "Connection: close"]);
    expect(star).toMatch(/^HTTP\/1\.1 (?:204|405) /);
  });
});

describe("another site's page", () => {
  const evil = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:1" },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
    { origin: "https://evil.example", host: "evil.example" },
    { origin: null, "sec-fetch-site": "cross-site" },
    { origin: null, "sec-fetch-site": "same-site" },
  ];
  it.each(evil)("can make a browser send nothing here: %j", async (headers) => {
    for (const path of [
      "/api/sign-up",
      "/api/sign-in",
      "/api/sign-out",
      "/api/verify-email",
      "/api/verify-email/resend",
    ]) {
      const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "host"));
      const response = await server()
        .client()
        .request("POST", path, { json: { email: newAddress() }, headers: sent });
      await expectProblem(response, 403, "cross_origin");
    }
  });

  it("cannot sign somebody out", async () => {
    const { client } = await signedInClient(server());
    const response = await client.post("/api/sign-out", undefined, { headers: { origin: "https://evil.example" } });

    await expectProblem(response, 403, "cross_origin");
    expect((await client.get("/api/me")).status).toBe(200);
  });

  it("cannot use a cookie by leaving its origin out", async () => {
    const { client } = await signedInClient(server());

    await expectProblem(
      await client.post("/api/sign-out", undefined, { headers: { origin: null } }),
      403,
      "cross_origin",
    );
  });

  it("is not what a program without cookies is", async () => {
    const json = { email: newAddress(), password: "whatever it may be, it is wrong" };
    const response = await server()
      .client()
      .request("POST", "/api/sign-in", { json, headers: { origin: null } });

    await expectProblem(response, 401, "invalid_credentials");
  });

  it.each(["/api/auth/signin/google", "/api/auth/signout", "/api/auth/callback/credentials"])(
    "cannot post to Auth.js: %s",
    async (path) => {
      const client = server().client();
      const { csrfToken } = (await (await client.get("/api/auth/csrf")).json()) as { csrfToken: string };
      const response = await client.request("POST", path, {
        body: new URLSearchParams({ csrfToken }).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" },
      });

      await expectProblem(response, 403, "cross_origin");
    },
  );
});

describe("POST /api/security-reports", () => {
  const report = (body: string, type = "application/csp-report") =>
    server()
      .client()
      .request("POST", "/api/security-reports", { body, headers: { "content-type": type } });

  it("notes what a browser refused, and no token", async () => {
    const address = `${server().origin}/reset-password?token=not-for-the-log`;
    const sent = {
      "csp-report": { "document-uri": address, "blocked-uri": "inline", "effective-directive": "noted-here" },
    };

    expect((await report(JSON.stringify(sent))).status).toBe(204);
    await expect.poll(() => server().output()).toContain("noted-here");
    expect(server().output()).not.toContain("not-for-the-log");
  });

  it("takes a list of them, nothing else, and no more than 64 KiB", async () => {
    expect((await report("[]", "application/reports+json")).status).toBe(204);
    const shapeless = await report("{}");
    expect([shapeless.status, await shapeless.json()]).toEqual([
      422,
      expect.objectContaining({ code: "invalid_input" }),
    ]);
    await expectProblem(await report("[]", "application/json"), 415, "unsupported_media_type");
    await expectProblem(await report(`"${"x".repeat(70_000)}"`), 413, "body_too_large");
  });
});

describe("GET /healthz and /readyz", () => {
  it("tell that the process answers, and that it can serve", async () => {
    const health = await server().client().get("/healthz");
    const readiness = await server().client().get("/readyz");

    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    expect([readiness.status, await readiness.json()]).toEqual([200, { status: "ready" }]);
  });

  it("tell what is missing when the schema is older", async () => {
    const { database } = server();
    const [newest] = await database.query<{ id: string }>(
      "SELECT id FROM _prisma_migrations ORDER BY started_at DESC LIMIT 1",
    );
    await database.query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = $1", [newest?.id]);
    const unready = await server().client().get("/readyz");
    const health = await server().client().get("/healthz");
    await database.query("UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE id = $1", [newest?.id]);

    expect([unready.status, await unready.json()]).toEqual([503, { status: "unready", missing: ["schema"] }]);
    expect(unready.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(health.status).toBe(200);
    expect((await server().client().get("/readyz")).status).toBe(200);
  });
});
