import { describe, expect, it } from "vitest";

import { TEST_ENVIRONMENT } from "../support/environment";
import { expectProblem } from "../support/problem";
import { spawnServer, useServer } from "../support/server";

describe("the server, configured badly (A14, F23)", () => {
  it("does not start, lists every problem, and tells no secret", async () => {
    const attempt = spawnServer({
      ...TEST_ENVIRONMENT,
      DATABASE_URL: "mysql://root:hunter2@localhost/app",
      AUTH_SECRET: "hunter2",
      AUTH_URL: "http://hunter2.example.com",
      SESSION_IDLE_TTL: "a week",
      AUTH_GITHUB_ID: "hunter2",
      PORT: "70000",
    });
    const said = await attempt.then(
      () => "started",
      (error: Error) => error.message,
    );

    expect(said.split("\n").filter((line) => line.startsWith("  - "))).toEqual([
      expect.stringMatching(/^ {2}- DATABASE_URL: /),
      expect.stringMatching(/^ {2}- AUTH_SECRET: /),
      expect.stringMatching(/^ {2}- AUTH_URL: /),
      expect.stringMatching(/^ {2}- SESSION_IDLE_TTL: /),
      expect.stringMatching(/^ {2}- PORT: /),
      expect.stringMatching(/^ {2}- AUTH_GITHUB_SECRET: /),
    ]);
    expect(said).not.toContain("hunter2");
  });

  it("does not start without its database, and does not tell the database's password", async () => {
    const attempt = spawnServer({ ...TEST_ENVIRONMENT, DATABASE_URL: "postgres://me:hunter2@127.0.0.1:1/nothing" });
    const said = await attempt.then(
      () => "started",
      (error: Error) => error.message,
    );

    expect(said).toContain("DATABASE_URL: can't connect");
    expect(said).not.toContain("hunter2");
  });
});

describe("the server, configured as in production", () => {
  const server = useServer({
    ...{ LATCHKEY_DEV_MAILBOX: "", LATCHKEY_DEV_IDENTITY_PROVIDER: "" },
    ...{ AUTH_GOOGLE_ID: "", AUTH_GOOGLE_SECRET: "", AUTH_GOOGLE_ISSUER: "" },
    AUTH_GITHUB_ID: "id",
    AUTH_GITHUB_SECRET: "a-secret-of-github",
  });

  it.each([
    "/dev",
    "/dev/components",
    "/dev/mailbox",
    "/dev/mailbox/1-x",
    "/dev/mailbox/messages",
    "/dev/mailbox/1-x/html",
  ])("has no %s", async (path) => {
    const response = await server().client().get(path);

    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/development mailbox/i);
  });

  it("shows a button for each provider that the environment enables, and tells its secret nowhere", async () => {
    const html = await (await server().client().get("/sign-in")).text();
    const providers = await (await server().client().get("/api/auth/providers")).text();

    expect(html).toMatch(/Continue with (?:<!-- -->)?GitHub/);
    expect(html).not.toMatch(/Continue with (?:<!-- -->)?Google/);
    expect(Object.keys(JSON.parse(providers) as object).sort()).toEqual(["credentials", "github"]);
    expect(html + providers).not.toContain("a-secret-of-github");
  });

  it("knows no provider that it does not enable", async () => {
    for (const path of ["/api/auth/callback/google?code=x&state=y", "/api/auth/signin/google"]) {
      const response = await server().client().get(path);
      expect(response.status).toBeLessThan(500);
      expect(response.headers.getSetCookie().join()).not.toContain("authjs.session-token=ey");
    }
  });

  it("answers an API that is not there as everywhere", async () => {
    await expectProblem(await server().client().get("/api/dev/mailbox"), 404, "not_found");
  });
});
