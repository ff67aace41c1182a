import { describe, expect, it } from "vitest";
import { type HttpClient, newHttpClient } from "@/attack/http-client";
import { createAccount, GOOD_PASSWORD, signedInClient, type TestAccount } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";

const TEN_MINUTES_SECONDS = 600;
const FOURTEEN_DAYS_SECONDS = 14 * 24 * 60 * 60;

const server = useServer();

describe("GET /api/account/export", () => {
  it("is a file with all that is stored about whoever asks", async () => {
    const { client, account } = await signedInClient(server());
    const response = await client.get("/api/account/export");

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="account-export-\d{4}-\d\d-\d\d\.json"$/,
    );
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(await response.json()).toMatchObject({
      account: { email: account.email, name: account.name },
      sessions: [{ method: "password", endedAt: null }],
      auditEvents: expect.arrayContaining([expect.objectContaining({ kind: "account_exported" })]),
    });
  });

  it("is given to a bearer of an access token too", async () => {
    const { client, account } = await signedInClient(server());
    const { accessToken } = (await (await client.post("/api/refresh")).json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}` };
    const response = await newHttpClient(server().origin).get("/api/account/export", { headers });

    expect(await response.json()).toMatchObject({ account: { email: account.email } });
  });

  it("A55: asks whoever signed in more than ten minutes ago to do so again", async () => {
    const { client } = await signedInClient(server());
    ageClient(client, TEN_MINUTES_SECONDS - 30);
    expect((await client.get("/api/account/export")).status).toBe(200);
    ageClient(client, 31);
    await expectProblem(await client.get("/api/account/export"), 403, "recent_authentication_required", {
      maxAgeSeconds: TEN_MINUTES_SECONDS,
    });
  });

  it("A93: names nobody, so that there is no other person's to ask for", async () => {
    const { client } = await signedInClient(server());
    await expectProblem(await server().client().get("/api/account/export"), 401, "unauthenticated");
    await expectProblem(await client.get("/api/account/export/00000000-0000-7000-8000-000000000000"), 404, "not_found");
    const { client: other, account } = await signedInClient(server());
    const { user } = (await (await other.get("/api/me")).json()) as { user: { id: string } };
    const text = await (await client.get(`/api/account/export?userId=${user.id}&email=${account.email}`)).text();
    expect(text).not.toContain(user.id);
    expect(text).not.toContain(account.email);
  });
});

const askForDeletion = (client: HttpClient, json?: unknown) =>
  client.request("DELETE", "/api/account", json === undefined ? {} : { json });

const signIn = async ({ email, password }: TestAccount, client = server().client()) => ({
  client,
  response: await client.post("/api/sign-in", { email, password }),
});

/** Waits for the mail with this subject: others, such as one about a new device, may come before it. */
async function mailAbout({ email }: TestAccount, subject: string) {
  let mail = await server().mails.next(email);
  while (mail.subject !== subject) mail = await server().mails.next(email);
  return mail;
}

describe("DELETE /api/account", () => {
  it("after a recent sign-in needs nothing else, and ends every session at once", async () => {
    const { client, account } = await signedInClient(server());
    const { client: phone } = await signIn(account);
    const copy = new Map(client.cookies);
    const response = await askForDeletion(client);

    expect(response.status).toBe(202);
    const { deletionDueAt, ...rest } = (await response.json()) as { deletionDueAt: string };
    expect(rest).toEqual({ status: "deletion_requested" });
    expect((Date.parse(deletionDueAt) - Date.now()) / 1000).toBeCloseTo(FOURTEEN_DAYS_SECONDS, -2);
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    for (const cookies of [copy, phone.cookies]) {
      const holder = newHttpClient(server().origin, cookies);
      await expectProblem(await holder.get("/api/me"), 401, "session_ended", { reason: "account_deleted" });
      await expectProblem(await holder.post("/api/refresh"), 401, "session_ended", { reason: "account_deleted" });
    }
    const mail = await mailAbout(account, "Your account will be deleted");
    expect(mail.text).toContain(`${server().origin}/sign-in`);
  });

  it("A55: after an older sign-in needs the password, and neither a wrong one nor none will do", async () => {
    const { client, account } = await signedInClient(server());
    ageClient(client, TEN_MINUTES_SECONDS + 1);

    const members = { maxAgeSeconds: TEN_MINUTES_SECONDS };
    await expectProblem(await askForDeletion(client), 403, "recent_authentication_required", members);
    await expectProblem(await askForDeletion(client, {}), 403, "recent_authentication_required", members);
    const wrong = { password: "violet kettle drums past noon" };
    await expectProblem(await askForDeletion(client, wrong), 403, "invalid_credentials");
    expect((await client.get("/api/me")).status).toBe(200);
    expect((await askForDeletion(client, { password: account.password })).status).toBe(202);
  });

  it("A93: takes no account to delete but one's own, and no field that it doesn't name", async () => {
    const { client } = await signedInClient(server());
    const { client: other } = await signedInClient(server());
    const { user } = (await (await other.get("/api/me")).json()) as { user: { id: string } };

    const unnamed = [
      { userId: user.id },
      { id: user.id, password: GOOD_PASSWORD },
      { password: GOOD_PASSWORD, deletionDueAt: 0 },
    ];
    for (const body of unnamed) expect((await askForDeletion(client, body)).status).toBe(422);
    await expectProblem(await client.request("DELETE", `/api/account/${user.id}`), 404, "not_found");
    await expectProblem(await askForDeletion(server().client()), 401, "unauthenticated");
    const headers = { origin: "https://evil.example" };
    await expectProblem(await client.request("DELETE", "/api/account", { headers }), 403, "cross_origin");
    expect((await client.get("/api/me")).status).toBe(200);
    expect((await other.get("/api/me")).status).toBe(200);
  });
});

describe("an account that is due for deletion", () => {
  async function dueAccount(): Promise<TestAccount> {
    const account = await createAccount(server());
    const { client } = await signIn(account);
    expect((await askForDeletion(client)).status).toBe(202);
    return account;
  }

  it("A98: opens nothing to whoever signs in, by cookie, page or token", async () => {
    const { client, response } = await signIn(await dueAccount());
    const members = { deletionDueAt: expect.any(String) };

    await expectProblem(response, 403, "account_deletion_pending", members);
    for (const path of ["/api/me", "/api/sessions", "/api/account/export"]) {
      await expectProblem(await client.get(path), 403, "account_deletion_pending", members);
    }
    await expectProblem(await client.post("/api/refresh"), 403, "account_deletion_pending", members);
    await expectProblem(await askForDeletion(client), 403, "account_deletion_pending", members);
    for (const path of ["/dashboard", "/settings/sessions", "/settings/privacy/delete"]) {
      const page = await client.get(path);
      expect([page.status, page.headers.get("location")]).toEqual([
        307,
        `/account-restore?callbackUrl=${encodeURIComponent(path)}`,
      ]);
    }
    expect(await (await client.get("/api/auth/session")).json()).toBeNull();
    expect((await client.get("/account-restore")).status).toBe(200);
  });

  it("tells a wrong password nothing of it", async () => {
    const account = await dueAccount();
    const { response } = await signIn({ ...account, password: "violet kettle drums past noon" });

    await expectProblem(response, 401, "invalid_credentials");
  });

  it("is kept by who has signed in, with a session and a token as after any sign-in", async () => {
    const account = await dueAccount();
    const { client } = await signIn(account);
    const response = await client.post("/api/account/restore");

    expect(response.status).toBe(200);
    const { accessToken } = (await response.json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await server().client().get("/api/me", { headers })).status).toBe(200);
    expect((await client.get("/api/me")).status).toBe(200);
    expect((await client.get("/dashboard")).status).toBe(200);
    expect((await signIn(account)).response.status).toBe(200);
    await mailAbout(account, "Your account stays");
  });

  it("is kept by nobody else", async () => {
    const { client } = await signedInClient(server());
    const account = await dueAccount();

    await expectProblem(await server().client().post("/api/account/restore"), 401, "unauthenticated");
    expect((await client.post("/api/account/restore", { email: account.email })).status).toBe(200);
    expect((await signIn(account)).response.status).toBe(403);
  });
});
