import { expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { addSeconds } from "@/lib/clock";
import { codeAt } from "../features/second-factor/factor";
import { createAccount, newAddress, signedInClient } from "../support/accounts";
import { useServer } from "../support/server";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0";
const COOKIE = "latchkey.device";
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

const server = useServer();

interface Credentials {
  email: string;
  password: string;
}

const signIn = (client: HttpClient, { email, password }: Credentials, userAgent = FIREFOX) =>
  client.post("/api/sign-in", { email, password }, { headers: { "user-agent": userAgent } });

/** Signs in as the browser's form does without scripts. */
async function signInByForm(client: HttpClient, credentials: Credentials): Promise<Response> {
  const { csrfToken } = (await (await client.get("/api/auth/csrf")).json()) as { csrfToken: string };
  return client.request("POST", "/api/auth/callback/credentials", {
    body: new URLSearchParams({ ...credentials, csrfToken }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
}

const deviceLine = (response: Response) =>
  response.headers.getSetCookie().find((line) => line.startsWith(COOKIE)) ?? "";

it("makes a browser known at its sign-in, for a year, and mails about one that isn't", async () => {
  const account = await createAccount(server());
  const [first, second] = [server().client(), server().client()];
  const line = deviceLine(await signIn(first, account));
  expect(line).toMatch(/^latchkey\.device=[\w-]{43}; Path=\/; Expires=.+ GMT; HttpOnly; SameSite=Lax$/);
  const expires = Date.parse(/Expires=([^;]+)/.exec(line)?.[1] ?? "");
  expect(Math.abs(expires - Date.now() - YEAR_MS)).toBeLessThan(60_000);

  const token = first.cookies.get(COOKIE);
  await signIn(first, account);
  expect(first.cookies.get(COOKIE)).toBe(token);
  expect((await signIn(second, account)).status).toBe(200);
  const mail = await server().mails.next(account.email, { newDevice: true });
  expect(mail.subject).toBe("Your account was signed in to on a new device");
  expect(mail.text).toContain("Firefox on Windows");
  expect(mail.text).toMatch(/http:\/\/localhost:\d+\/settings\/security\/report\?session=[\da-f-]{36}/);
});

it("knows the browser whichever way it signs in", async () => {
  const account = await createAccount(server());
  const client = server().client();
  const { email, password } = account;
  const answer = await signInByForm(client, { email, password });
  expect(client.cookies.has("authjs.session-token")).toBe(true);
  expect(deviceLine(answer)).toMatch(/HttpOnly/i);
  const token = client.cookies.get(COOKIE);
  expect(token).toMatch(/^[\w-]{43}$/);

  await signIn(client, account);
  expect(client.cookies.get(COOKIE)).toBe(token);
  const mails = "SELECT count(*)::int AS mails FROM outgoing_mails WHERE recipient = $1";
  expect(await server().database.query(mails, [email])).toEqual([{ mails: 0 }]);
});

it("gives no such cookie to whoever is refused, known or not (A20)", async () => {
  const account = await createAccount(server());
  for (const email of [account.email, newAddress()]) {
    const client = server().client();
    expect((await signIn(client, { email, password: "wrong" })).status).toBe(401);
    expect(client.cookies.size).toBe(0);
  }
});

it("A95, A96, A97: writes one row an event, with the request's id, and none of what was typed or carried", async () => {
  const account = await createAccount(server(), { password: "marker kettle drums past midnight" });
  const client = server().client();
  await signIn(client, { email: account.email, password: "marker-wrong" });
  await signIn(client, { email: `marker-${newAddress()}`, password: "marker-wrong" });
  const response = await signIn(client, account, "Firefox \t\u001b[31m%0a".replace("\u001b", ""));
  const session = client.cookies.get("authjs.session-token") ?? "";
  await client.post("/api/sign-out");

  const rows = await server().database.query<{ kind: string; details: { requestId: string } }>(
    "SELECT kind, user_agent, details FROM audit_events ORDER BY id DESC LIMIT 4",
  );
  expect(rows.map(({ kind }) => kind)).toEqual(["signed_out", "signed_in", "sign_in_failed", "sign_in_failed"]);
  expect(rows[1]).toMatchObject({
    user_agent: "Firefox [31m%0a",
    details: { method: "password", aal: 1, requestId: response.headers.get("x-request-id") },
  });
  const [told] = await server().database.query<{ all: string }>(
    `SELECT string_agg(to_jsonb(e)::text, ' ') AS all FROM audit_events e`,
  );
  for (const secret of ["marker", session.slice(-30), client.cookies.get(COOKIE) ?? "-none-", account.email]) {
    expect(told?.all).not.toContain(secret);
  }
});

it("A97: refuses a user agent of megabytes before anything reads it", async () => {
  const account = await createAccount(server());
  const response = await signIn(server().client(), account, "x".repeat(17 * 1024)).catch(() => null);
  expect(response?.status ?? 431).toBe(431);
});

it("makes a browser known once the second factor is right, and not before", async () => {
  const { client, account } = await signedInClient(server());
  const { secret } = (await (await client.post("/api/second-factor/totp")).json()) as { secret: string };
  await client.post("/api/second-factor/totp/confirm", { code: codeAt(secret, new Date()) });

  const elsewhere = server().client();
  expect((await signIn(elsewhere, account)).status).toBe(401);
  expect(elsewhere.cookies.has(COOKIE)).toBe(false);
  const code = codeAt(secret, addSeconds(new Date(), 30));
  expect((await elsewhere.post("/api/sign-in/second-factor", { code })).status).toBe(200);
  expect(elsewhere.cookies.get(COOKIE)).toMatch(/^[\w-]{43}$/);
  await server().mails.next(account.email, { newDevice: true });
});
