import { describe, expect, it } from "vitest";
import { type HttpClient, newHttpClient } from "@/attack/http-client";
import { signedInClient, type TestAccount } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { tokenIn } from "../support/mails";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";
import { claimsOf, SESSION_COOKIE } from "../support/session-cookies";

const NEW_PASSWORD = "seven quiet lanterns over water";
const RECENTLY_SECONDS = 10 * 60;

// Argon2id hashes in a tenth of bcrypt's time.
const server = useServer();

const change = (client: HttpClient, body: object, options = {}) => client.post("/api/password/change", body, options);
const right = ({ password }: TestAccount) => ({ currentPassword: password, newPassword: NEW_PASSWORD });

async function signedIn({ email, password }: TestAccount): Promise<HttpClient> {
  const client = server().client();
  expect((await client.post("/api/sign-in", { email, password })).status).toBe(200);
  return client;
}

async function bearerOf(client: HttpClient): Promise<{ headers: { authorization: string } }> {
  const { accessToken } = (await (await client.post("/api/refresh")).json()) as { accessToken: string };
  return { headers: { authorization: `Bearer ${accessToken}` } };
}

async function dropPassword({ email }: TestAccount): Promise<void> {
  await server().database.query("DELETE FROM passwords WHERE user_id = (SELECT id FROM users WHERE email = $1)", [
    email,
  ]);
}

async function eventsOf({ email }: TestAccount, kind: string): Promise<number> {
  const rows = await server().database.query(
    "SELECT FROM audit_events WHERE kind = $2 AND user_id = (SELECT id FROM users WHERE email = $1)",
    [email, kind],
  );
  return rows.length;
}

describe("changing the password", () => {
  it("A8: ends the other sessions and their tokens at once, and the acting one goes on under a new id", async () => {
    const { client, account } = await signedInClient(server());
    const others = [await signedIn(account), await signedIn(account)];
    const copy = newHttpClient(server().origin, client.cookies);
    const bearers = [await bearerOf(client), ...(await Promise.all(others.map(bearerOf)))];
    const before = claimsOf(client);
    const answer = await change(client, right(account));

    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect(claimsOf(client).sid).not.toBe(before.sid);
    expect((await client.get("/api/me")).status).toBe(200);
    expect((await client.post("/api/refresh")).status).toBe(200);
    const ended = [401, "session_ended", { reason: "password_changed" }] as const;
    for (const browser of [...others, copy]) {
      await expectProblem(await browser.get("/api/me"), ...ended);
      await expectProblem(await browser.post("/api/refresh"), ...ended);
    }
    for (const bearer of bearers) await expectProblem(await server().client().get("/api/me", bearer), ...ended);
    expect((await server().mails.next(account.email)).subject).toBe("Your password was changed");
    const { email, password } = account;
    await expectProblem(await server().client().post("/api/sign-in", { email, password }), 401, "invalid_credentials");
  });

  it("works with an access token, and hands over the cookie that goes on", async () => {
    const { client, account } = await signedInClient(server());
    const bearer = await bearerOf(client);
    const script = server().client();
    expect((await change(script, right(account), bearer)).status).toBe(204);

    expect((await script.post("/api/refresh")).status).toBe(200);
    expect((await client.get("/api/me")).status).toBe(401);
  });

  it("A47: refuses without the current password and with a wrong one, and counts both", async () => {
    const { client, account } = await signedInClient(server());
    const cookie = client.cookies.get(SESSION_COOKIE);
    for (const currentPassword of [undefined, "not what it is"]) {
      const answer = await change(client, { currentPassword, newPassword: NEW_PASSWORD });
      expect(answer.headers.getSetCookie()).toEqual([]);
      await expectProblem(answer, 403, "invalid_credentials");
    }

    expect(await eventsOf(account, "password_change_failed")).toBe(2);
    expect([client.cookies.get(SESSION_COOKIE), (await client.get("/api/me")).status]).toEqual([cookie, 200]);
  });

  it("names what is wrong with the new password, and takes no field that it doesn't know", async () => {
    const { client, account } = await signedInClient(server());
    const message = expect.any(String);
    await expectProblem(await change(client, { ...right(account), newPassword: "short" }), 422, "invalid_input", {
      errors: [{ field: "newPassword", code: "too_short", message }],
    });
    await expectProblem(await change(client, { ...right(account), userId: "x" }), 422, "invalid_input", {
      errors: [{ field: "userId", code: "unrecognized_key", message }],
    });
    await expectProblem(await change(client, { ...right(account), currentPassword: ["x"] }), 422, "invalid_input", {
      errors: [{ field: "currentPassword", code: "invalid_type", message }],
    });
    await expectProblem(await change(server().client(), right(account)), 401, "unauthenticated");
  });

  it("A44: kills an open reset link", async () => {
    const { client, account } = await signedInClient(server());
    await client.post("/api/password/forgot", { email: account.email });
    const token = tokenIn(await server().mails.next(account.email), "/reset-password");
    expect((await change(client, right(account))).status).toBe(204);

    const reset = await server()
      .client()
      .post("/api/password/reset", { token, password: "another four words entirely" });
    await expectProblem(reset, 400, "invalid_token");
  });
});

describe("setting the first password", () => {
  it("A47: takes recent authentication, and no current password where there is none", async () => {
    const { client, account } = await signedInClient(server());
    await dropPassword(account);
    const first = { newPassword: NEW_PASSWORD };
    const aged = newHttpClient(server().origin, client.cookies);
    ageClient(aged, RECENTLY_SECONDS + 5);
    await expectProblem(await change(aged, first), 403, "recent_authentication_required", {
      maxAgeSeconds: RECENTLY_SECONDS,
    });
    await expectProblem(await change(client, { ...first, currentPassword: "anything" }), 403, "invalid_credentials");
    expect((await change(client, first)).status).toBe(204);

    expect((await client.get("/api/me")).status).toBe(200);
    const { email } = account;
    expect((await server().client().post("/api/sign-in", { email, password: NEW_PASSWORD })).status).toBe(200);
    expect((await server().mails.next(email)).subject).toBe("Your account has a password now");
    expect(await eventsOf(account, "password_set")).toBe(1);
  });
});
