import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { createAccount, GOOD_PASSWORD, newAddress, signedInClient, signUpOnly } from "../support/accounts";
import { tokenIn } from "../support/mails";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";

const NEW_PASSWORD = "seven quiet lanterns over water";

// Argon2id hashes in a tenth of bcrypt's time.
const server = useServer();

const forgot = (email: string, options = {}) => server().client().post("/api/password/forgot", { email }, options);
const reset = (token: unknown, password = NEW_PASSWORD) =>
  server().client().post("/api/password/reset", { token, password });

async function mailedToken(email: string): Promise<string> {
  expect((await forgot(email)).status).toBe(202);
  return tokenIn(await server().mails.next(email), "/reset-password");
}

const signIn = (email: string, password: string) => server().client().post("/api/sign-in", { email, password });

async function whatIsTold(response: Response) {
  const varying = new Set(["date", "x-request-id"]);
  const headers = [...response.headers].map(([name, value]) => [name, varying.has(name) ? "" : value]);
  return { status: response.status, headers, body: await response.text() };
}

async function accessTokenOf(client: HttpClient): Promise<{ headers: { authorization: string } }> {
  const { accessToken } = (await (await client.post("/api/refresh")).json()) as { accessToken: string };
  return { headers: { authorization: `Bearer ${accessToken}` } };
}

describe("a forgotten password", () => {
  it("goes from mail to new password to sign-in, and signs nobody in by itself", async () => {
    const { email, password } = await createAccount(server());
    const client = server().client();
    const token = await mailedToken(email);
    const answer = await client.post("/api/password/reset", { token, password: NEW_PASSWORD });

    expect([answer.status, await answer.text(), client.cookies.size]).toEqual([204, "", 0]);
    await expectProblem(await signIn(email, password), 401, "invalid_credentials");
    expect((await signIn(email, NEW_PASSWORD)).status).toBe(200);
    expect((await server().mails.next(email)).subject).toBe("Your password was reset");
  });

  it("A20: is answered alike for every address", async () => {
    const { email: known } = await createAccount(server());
    const { email: pending } = await signUpOnly(server());
    const { email: disabled } = await createAccount(server());
    await server().database.query("UPDATE users SET disabled_at = now() WHERE email = $1", [disabled]);
    const { email: providerOnly } = await createAccount(server());
    await server().database.query("DELETE FROM passwords WHERE user_id = (SELECT id FROM users WHERE email = $1)", [
      providerOnly,
    ]);
    const told: Awaited<ReturnType<typeof whatIsTold>>[] = [];
    for (const email of [known, newAddress(), pending, disabled, providerOnly]) {
      told.push(await whatIsTold(await forgot(email)));
    }

    expect(told[0]).toMatchObject({ status: 202, body: '{"status":"reset_sent"}' });
    expect(told).toEqual(told.map(() => told[0]));
  });

  it("A35: is mailed a link to the public address, whatever the request calls the host", async () => {
    const { email } = await createAccount(server());
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example",
    };
    expect((await forgot(email, { headers })).status).toBe(202);
    const mail = await server().mails.next(email);

    expect(mail.text).toContain(`${server().origin}/reset-password?token=`);
    expect(mail.text + mail.html).not.toContain("evil.example");
  });

  it("A8, A37: ends each session and its access tokens at once", async () => {
    const { client, account } = await signedInClient(server());
    const other = server().client();
    await other.post("/api/sign-in", { email: account.email, password: account.password });
    const tokens = [await accessTokenOf(client), await accessTokenOf(other)];
    await reset(await mailedToken(account.email));

    const ended = [401, "session_ended", { reason: "password_changed" }] as const;
    for (const browser of [client, other]) {
      await expectProblem(await browser.get("/api/me"), ...ended);
      await expectProblem(await browser.post("/api/refresh"), ...ended);
      expect((await browser.get("/dashboard")).status).toBe(307);
    }
    for (const token of tokens) await expectProblem(await server().client().get("/api/me", token), ...ended);
  });

  it("A43: is reset by one of 16 that try at once", async () => {
    const { email } = await createAccount(server());
    const token = await mailedToken(email);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => reset(token, `${NEW_PASSWORD} number ${index}`)),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array.from({ length: 15 }, () => 400)]);
  });

  it("A44: is reset by the newest link only, and signing in leaves the link as it is", async () => {
    const { email, password } = await createAccount(server());
    const older = await mailedToken(email);
    const newer = await mailedToken(email);
    expect((await signIn(email, password)).status).toBe(200);

    await expectProblem(await reset(older), 400, "invalid_token");
    expect((await reset(newer)).status).toBe(204);
  });

  it("A45: gives one answer to whatever is no token of its own, and a refused password burns none", async () => {
    const { email } = await createAccount(server());
    const token = await mailedToken(email);
    for (const other of ["", "x", token.slice(1), `${token}=`, [token], { token }, null, 1]) {
      await expectProblem(await reset(other), 400, "invalid_token");
    }
    await expectProblem(await server().client().post("/api/verify-email", { token }), 400, "invalid_token");
    await expectProblem(await reset(token, "too short"), 422, "invalid_input", {
      errors: [{ field: "password", code: "too_short", message: expect.any(String) }],
    });
    expect((await reset(token)).status).toBe(204);
  });

  it("A46: is not spent by whoever merely opens the link; its page is kept by nobody and told to no other site", async () => {
    const { email } = await createAccount(server());
    const token = await mailedToken(email);
    for (const [method, headers] of [
      ["GET", {}],
      ["HEAD", {}],
      ["GET", { "sec-purpose": "prefetch" }],
    ] as const) {
      const opened = await server().client().request(method, `/reset-password?token=${token}`, { headers });
      expect(opened.status).toBe(200);
      expect(opened.headers.get("cache-control")).toContain("no-store");
      expect(opened.headers.get("referrer-policy")).toBe("same-origin");
    }
    expect((await reset(token)).status).toBe(204);
    expect(server().output()).not.toContain(token);
  });

  it("A94: takes no field that it doesn't name", async () => {
    const { email } = await createAccount(server());
    const body = { email, userId: "x" };
    await expectProblem(await server().client().post("/api/password/forgot", body), 422, "invalid_input", {
      errors: [{ field: "userId", code: "unrecognized_key", message: expect.any(String) }],
    });
    const other = { token: "x", password: GOOD_PASSWORD, email };
    await expectProblem(await server().client().post("/api/password/reset", other), 422, "invalid_input", {
      errors: [{ field: "email", code: "unrecognized_key", message: expect.any(String) }],
    });
  });
});
