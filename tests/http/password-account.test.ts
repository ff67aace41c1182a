import { describe, expect, it } from "vitest";
import { newHttpClient } from "@/attack/http-client";
import { createAccount, GOOD_PASSWORD, newAddress, signedInClient, signUpOnly } from "../support/accounts";
import { tokenIn } from "../support/mails";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";

const SESSION_COOKIE = "authjs.session-token";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

// The default, which takes the threads.
const server = useServer({ PASSWORD_HASH: "bcrypt" });

async function countOf(table: "users" | "sign_ups" | "sessions"): Promise<number> {
  const [row] = await server().database.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
  return Number(row?.count);
}

describe("an account with a password", () => {
  it("goes from sign-up to mail to sign-in to sign-out, and a kept cookie is dead then", async () => {
    const client = server().client();
    const email = newAddress();
    const signedUp = await client.post("/api/sign-up", { email, password: GOOD_PASSWORD, name: "Ada Lovelace" });
    expect([signedUp.status, await signedUp.json()]).toEqual([202, { status: "verification_sent" }]);

    const token = tokenIn(await server().mails.next(email), "/verify-email");
    const verified = await client.post("/api/verify-email", { token });
    expect([verified.status, await verified.json()]).toEqual([200, { status: "verified" }]);
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);

    const signedIn = await client.post("/api/sign-in", { email, password: GOOD_PASSWORD });
    expect(signedIn.status).toBe(200);
    const user = { id: expect.stringMatching(UUID), email, name: "Ada Lovelace", image: null, roles: [] };
    expect(await signedIn.json()).toMatchObject({ user });
    expect(client.cookies.has(SESSION_COOKIE)).toBe(true);

    const me = await client.get("/api/me");
    expect([me.status, await me.json()]).toEqual([
      200,
      {
        user,
        session: {
          id: expect.stringMatching(UUID),
          authTime: expect.stringMatching(ISO_INSTANT),
          aal: 1,
          expiresAt: expect.stringMatching(ISO_INSTANT),
        },
      },
    ]);

    const thief = newHttpClient(server().origin, client.cookies);
    const signedOut = await client.post("/api/sign-out");
    expect([signedOut.status, await signedOut.text()]).toEqual([204, ""]);
    expect(signedOut.headers.get("clear-site-data")).toContain('"cookies"');
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);

    const replayed = await thief.get("/api/me");
    expect([replayed.status, ((await replayed.json()) as { code: string }).code]).toEqual([401, "session_ended"]);
    const page = await thief.get("/dashboard");
    expect([page.status, new URL(page.headers.get("location") ?? "", server().origin).pathname]).toEqual([
      307,
      "/sign-in",
    ]);
  });

  it("lets sign-out be sent twice, and by somebody who never signed in", async () => {
    const { client } = await signedInClient(server());

    expect((await client.post("/api/sign-out")).status).toBe(204);
    expect((await client.post("/api/sign-out")).status).toBe(204);
    expect((await server().client().post("/api/sign-out")).status).toBe(204);
  });

  it("is one, however its address is spelled", async () => {
    const email = newAddress();
    await createAccount(server(), { email: ` ${email.toUpperCase()} ` });
    for (const spelling of [email, email.toUpperCase(), ` ${email} `]) {
      const response = await server().client().post("/api/sign-in", { email: spelling, password: GOOD_PASSWORD });
      expect(response.status).toBe(200);
    }
    const rows = await server().database.query("SELECT email FROM users WHERE lower(email) = $1", [email]);
    expect(rows).toEqual([{ email }]);
  });

  it("is one, when two sign up for it at once and both confirm", async () => {
    const email = newAddress();
    const answers = await Promise.all(
      [1, 2].map(() => server().client().post("/api/sign-up", { email, password: GOOD_PASSWORD })),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    const tokens = [await server().mails.next(email)].map((mail) => tokenIn(mail, "/verify-email"));
    const second = await server()
      .mails.next(email)
      .catch(() => null);
    if (second) tokens.push(tokenIn(second, "/verify-email"));
    const confirmed = await Promise.all(tokens.map((token) => server().client().post("/api/verify-email", { token })));

    expect(confirmed.map(({ status }) => status)).toContain(200);
    expect(await server().database.query("SELECT email FROM users WHERE email = $1", [email])).toEqual([{ email }]);
  });

  it("answers a sign-up for a known address as for a new one, and writes to its owner", async () => {
    const { email } = await createAccount(server());
    const users = await countOf("users");
    const known = await server().client().post("/api/sign-up", { email, password: "another good passphrase of mine" });
    const fresh = await server().client().post("/api/sign-up", { email: newAddress(), password: GOOD_PASSWORD });

    expect([known.status, await known.text()]).toEqual([fresh.status, await fresh.text()]);
    expect([...known.headers.keys()]).toEqual([...fresh.headers.keys()]);
    const mail = await server().mails.next(email);
    expect(mail.text).not.toMatch(/verify-email\?token=/);
    expect(await countOf("users")).toBe(users);
    const attempt = await server()
      .client()
      .post("/api/sign-in", { email, password: "another good passphrase of mine" });
    await expectProblem(attempt, 401, "invalid_credentials");
  });

  it("gives a wrong password and an unknown address the same answer", async () => {
    const { email } = await createAccount(server());
    const wrong = await server().client().post("/api/sign-in", { email, password: "not the right passphrase" });
    const unknown = await server().client().post("/api/sign-in", { email: newAddress(), password: GOOD_PASSWORD });

    expect([...wrong.headers.keys()]).toEqual([...unknown.headers.keys()]);
    await expectProblem(wrong, 401, "invalid_credentials");
    await expectProblem(unknown, 401, "invalid_credentials");
  });

  it("refuses an unconfirmed address only to who knows its password", async () => {
    const { email, password } = await signUpOnly(server());
    const right = await server().client().post("/api/sign-in", { email, password });
    const wrong = await server().client().post("/api/sign-in", { email, password: "not the right passphrase" });

    await expectProblem(wrong, 401, "invalid_credentials");
    await expectProblem(right, 403, "email_not_verified");
    expect(right.headers.getSetCookie().filter((cookie) => cookie.startsWith(SESSION_COOKIE))).toEqual([]);
  });

  it("is confirmed by the newest link only, and by it once", async () => {
    const { email } = await signUpOnly(server());
    const older = tokenIn(await server().mails.next(email), "/verify-email");
    const resent = await server().client().post("/api/verify-email/resend", { email });
    expect(resent.status).toBe(202);
    const newer = tokenIn(await server().mails.next(email), "/verify-email");
    const confirm = (token: string) => server().client().post("/api/verify-email", { token });

    await expectProblem(await confirm(older), 400, "invalid_token");
    expect((await confirm(newer)).status).toBe(200);
    await expectProblem(await confirm(newer), 400, "invalid_token");
  });

  it("asked for again, answers the same for every address, and mails only those that wait", async () => {
    const { email } = await createAccount(server());
    const before = server().mails.to(email).length;
    const unknown = newAddress();
    const answers = await Promise.all(
      [email, unknown].map((address) => server().client().post("/api/verify-email/resend", { email: address })),
    );

    const told = await Promise.all(
      answers.map(async (answer) => ({ status: answer.status, body: await answer.json() })),
    );
    expect(told).toEqual([email, unknown].map(() => ({ status: 202, body: { status: "verification_sent" } })));
    expect([server().mails.to(email).length, server().mails.to(unknown).length]).toEqual([before, 0]);
  });

  it("is not confirmed by whoever merely opens its link", async () => {
    const { email, password } = await signUpOnly(server());
    const token = tokenIn(await server().mails.next(email), "/verify-email");
    for (const method of ["GET", "HEAD"]) {
      const opened = await server().client().request(method, `/verify-email?token=${token}`);
      expect(opened.status).toBe(200);
      expect(opened.headers.get("cache-control")).toContain("no-store");
    }

    await expectProblem(await server().client().post("/api/sign-in", { email, password }), 403, "email_not_verified");
    expect((await server().client().post("/api/verify-email", { token })).status).toBe(200);
  });

  it("lets a token be redeemed once, however many try at once", async () => {
    const { email } = await signUpOnly(server());
    const token = tokenIn(await server().mails.next(email), "/verify-email");
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => server().client().post("/api/verify-email", { token })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 15 }, () => 400)]);
  });

  it("leaves no password, token or address in the server's log", async () => {
    const { client, account } = await signedInClient(server());
    await client.post("/api/sign-in", { email: account.email, password: "a wrong one for the log" });
    const output = server().output();

    expect(output).toContain("ready on");
    for (const secret of [
      GOOD_PASSWORD,
      "a wrong one for the log",
      account.email,
      client.cookies.get(SESSION_COOKIE),
    ]) {
      expect(output).not.toContain(secret);
    }
  });
});
