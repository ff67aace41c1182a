import { beforeEach, describe, expect, it } from "vitest";

import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "@/app/api/[[...unknown]]/route";
import * as signUpRoute from "@/app/api/sign-up/route";
import * as resendRoute from "@/app/api/verify-email/resend/route";
import * as verifyRoute from "@/app/api/verify-email/route";
import * as healthRoute from "@/app/healthz/route";
import * as readyRoute from "@/app/readyz/route";
import { clear, counts, mailedTokens } from "../../features/sign-up/mails-of";
import { useDatabase } from "../../support/database";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const context = { params: Promise.resolve({}) };
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`http://localhost:3000${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const answerOf = async (response: Response | Promise<Response>) => {
  const { status, headers } = await response;
  return { status, body: await (await response).json(), requestId: headers.get("x-request-id") };
};
const PASSWORD = "correct horse battery";

describe("POST /api/sign-up", () => {
  const signUp = (body: unknown) => answerOf(signUpRoute.POST(post("/api/sign-up", body), context));

  it("answers a new and a known address alike", async () => {
    const fresh = await signUp({ email: "ada@x.test", password: PASSWORD });
    const [token] = await mailedTokens();
    await verifyRoute.POST(post("/api/verify-email", { token }), context);
    const known = await signUp({ email: "ada@x.test", password: PASSWORD });

    expect(fresh).toEqual({ status: 202, body: { status: "verification_sent" }, requestId: expect.any(String) });
    expect(known).toEqual({ ...fresh, requestId: expect.any(String) });
  });

  it("says what is wrong with a password, by code and in words", async () => {
    const { status, body } = await signUp({ email: "ada@x.test", password: "short" });

    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: "invalid_input",
      errors: [{ field: "password", code: "too_short", message: expect.stringMatching(/^[A-Z].+\.$/) }],
    });
    expect(await counts()).toEqual({ users: 0, signUps: 0, tokens: 0, mails: 0 });
  });

  it.each([
    ["an address list (A33)", { email: "a@v.test,b@evil.test", password: PASSWORD }, "email"],
    ["a role", { email: "a@x.test", password: PASSWORD, roles: ["admin"] }, "roles"],
    ["a name with a line break (A34)", { email: "a@x.test", password: PASSWORD, name: "A\r\nB" }, "name"],
  ])("refuses %s, and writes nothing", async (_name, input, field) => {
    const { status, body } = await signUp(input);

    expect([status, body.errors[0].field]).toEqual([422, field]);
    expect(await counts()).toEqual({ users: 0, signUps: 0, tokens: 0, mails: 0 });
  });
});

describe("POST /api/verify-email", () => {
  const verify = (body: unknown) => answerOf(verifyRoute.POST(post("/api/verify-email", body), context));

  it("verifies once", async () => {
    await signUpRoute.POST(post("/api/sign-up", { email: "ada@x.test", password: PASSWORD }), context);
    const [token] = await mailedTokens();

    expect(await verify({ token })).toMatchObject({ status: 200, body: { status: "verified" } });
    expect(await verify({ token })).toMatchObject({ status: 400, body: { code: "invalid_token" } });
  });

  it("changes nothing when the link is merely opened", async () => {
    await signUpRoute.POST(post("/api/sign-up", { email: "ada@x.test", password: PASSWORD }), context);
    const [token] = await mailedTokens();
    const opened = new Request(`http://localhost:3000/api/verify-email?token=${token}`);

    expect((await verifyRoute.GET(opened, context)).status).toBe(405);
    expect(await counts()).toMatchObject({ users: 0, tokens: 1 });
  });

  it.each([
    [{}, 422],
    [{ token: 1 }, 422],
    [{ token: "x" }, 400],
    [{ token: "x", more: 1 }, 422],
  ])("answers %j with %i", async (body, status) => {
    expect((await verify(body)).status).toBe(status);
  });
});

describe("POST /api/verify-email/resend", () => {
  it("answers a pending and an unknown address alike", async () => {
    await signUpRoute.POST(post("/api/sign-up", { email: "ada@x.test", password: PASSWORD }), context);
    const resend = (email: string) => answerOf(resendRoute.POST(post("/api/verify-email/resend", { email }), context));

    const expected = { status: 202, body: { status: "verification_sent" } };
    expect(await resend("ada@x.test")).toMatchObject(expected);
    expect(await resend("nobody@x.test")).toMatchObject(expected);
    expect((await counts()).mails).toBe(2);
  });
});

describe("unknown API paths", () => {
  it.each(Object.entries({ GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS }))(
    "answer %s with 404, to everybody",
    async (method, handler) => {
      const request = new Request("http://localhost:3000/api/nothing", {
        method,
        headers: { origin: "https://evil.test", cookie: "a=b" },
      });
      const response = await handler(request);

      expect(response.status).toBe(404);
      expect(response.headers.get("x-request-id")).not.toBeNull();
      if (method !== "HEAD") expect(await response.json()).toMatchObject({ code: "not_found" });
    },
  );
});

describe("GET /healthz, GET /readyz", () => {
  it("say that this instance lives, and that it can serve", async () => {
    const get = (path: string) => new Request(`http://localhost:3000${path}`);

    expect(await answerOf(healthRoute.GET(get("/healthz"), context))).toMatchObject({
      status: 200,
      body: { status: "ok" },
    });
    expect(await answerOf(readyRoute.GET(get("/readyz"), context))).toMatchObject({
      status: 200,
      body: { status: "ready" },
    });
  });
});
