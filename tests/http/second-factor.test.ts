import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { addSeconds } from "@/lib/clock";
import { codeAt, wrongCodeAt } from "../features/second-factor/factor";
import { newAddress, signedInClient, type TestAccount } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { continueWithGoogleOverHttp, postToAuth } from "../support/auth-js";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";
import { claimsOf, SESSION_COOKIE } from "../support/session-cookies";

const CHALLENGE_COOKIE = "latchkey.sign-in-challenge";
const DEVICE_COOKIE = "latchkey.trusted-device";

const server = useServer();

/** Codes of this step are spent by turning the factor on; those of the next are within the window. */
const nextCode = (secret: string) => codeAt(secret, addSeconds(new Date(), 30));
const wrongCode = (secret: string) => wrongCodeAt(secret, new Date());

const remove = (client: HttpClient, code: string) =>
  client.request("DELETE", "/api/second-factor/totp", { json: { code } });

async function setUp(client: HttpClient): Promise<string> {
  const response = await client.post("/api/second-factor/totp");
  expect(response.status).toBe(200);
  return ((await response.json()) as { secret: string }).secret;
}

/** Somebody who has just turned it on, over the API. */
async function newOwner() {
  const { client, account } = await signedInClient(server());
  const secret = await setUp(client);
  const response = await client.post("/api/second-factor/totp/confirm", { code: codeAt(secret, new Date()) });
  expect(response.status).toBe(200);
  const { recoveryCodes } = (await response.json()) as { recoveryCodes: string[] };
  return { client, account, secret, recoveryCodes };
}

/** A browser in which the password was right. */
async function afterPassword({ email, password }: TestAccount, cookies?: ReadonlyMap<string, string>) {
  const client = server().client();
  for (const [name, value] of cookies ?? []) client.cookies.set(name, value);
  const response = await client.post("/api/sign-in", { email, password });
  return { client, response };
}

const answer = (client: HttpClient, code: string, more: object = {}) =>
  client.post("/api/sign-in/second-factor", { code, ...more });

async function aalOf(client: HttpClient): Promise<number> {
  return ((await (await client.get("/api/me")).json()) as { session: { aal: number } }).session.aal;
}

describe("turning the second factor on", () => {
  it("gives a secret, and recovery codes for its first code; this session has proved two factors then", async () => {
    const { client } = await signedInClient(server());
    const begun = (await (await client.post("/api/second-factor/totp")).json()) as { secret: string; uri: string };
    expect(begun).toEqual({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringMatching(/^otpauth:\/\/totp\/Latchkey:/),
    });
    await expectProblem(
      await client.post("/api/second-factor/totp/confirm", { code: wrongCode(begun.secret) }),
      400,
      "invalid_code",
    );
    expect(await aalOf(client)).toBe(1);
    const code = codeAt(begun.secret, new Date());
    const confirmed = await client.post("/api/second-factor/totp/confirm", { code });

    expect([confirmed.status, await confirmed.json()]).toEqual([
      200,
      { recoveryCodes: Array.from({ length: 10 }, () => expect.stringMatching(/^(?:[0-9a-z]{4}-){5}[0-9a-z]{4}$/)) },
    ]);
    expect(await aalOf(client)).toBe(2);
    expect(claimsOf(client).amr).toEqual(["pwd", "otp", "mfa"]);
    expect((await client.post("/api/refresh")).status).toBe(200);
    expect(await aalOf(client)).toBe(2);
    await expectProblem(await client.post("/api/second-factor/totp"), 409, "second_factor_on");
  });

  it("ends all other sessions and their access tokens (A54)", async () => {
    const { client, account } = await signedInClient(server());
    const { client: other, response } = await afterPassword(account);
    const { accessToken } = (await response.json()) as { accessToken: string };
    const secret = await setUp(client);
    await client.post("/api/second-factor/totp/confirm", { code: codeAt(secret, new Date()) });

    await expectProblem(await other.post("/api/refresh"), 401, "session_ended", { reason: "revoked_by_user" });
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await server().client().get("/api/me", { headers })).status).toBe(401);
  });

  it("asks for a recent sign-in, and for one at all", async () => {
    const { client } = await signedInClient(server());
    await expectProblem(await server().client().post("/api/second-factor/totp"), 401, "unauthenticated");
    ageClient(client, 601);
    const recent = { maxAgeSeconds: 600 };

    await expectProblem(await client.post("/api/second-factor/totp"), 403, "recent_authentication_required", recent);
    for (const path of ["/api/second-factor/totp/confirm", "/api/second-factor/recovery-codes"]) {
      await expectProblem(await client.post(path, { code: "123456" }), 403, "recent_authentication_required", recent);
    }
    await expectProblem(await remove(client, "123456"), 403, "recent_authentication_required", recent);
  });

  it("takes no fields that it doesn't name", async () => {
    const { client } = await signedInClient(server());
    for (const body of [{}, { code: 123456 }, { code: "" }, { code: "1", userId: "x" }]) {
      const response = await client.post("/api/second-factor/totp/confirm", body);
      expect([body, response.status]).toEqual([body, 422]);
    }
  });
});

describe("signing in with both factors", () => {
  it("begins a session as a sign-in does, at level 2; the code and the challenge are spent (A53, A56)", async () => {
    const { account, secret } = await newOwner();
    const { client, response } = await afterPassword(account);
    await expectProblem(response, 401, "second_factor_required");
    const challenge = client.cookies.get(CHALLENGE_COOKIE) ?? "";
    const code = nextCode(secret);
    const signedIn = await answer(client, code);

    expect([signedIn.status, await signedIn.json()]).toEqual([
      200,
      {
        ...{ accessToken: expect.any(String), tokenType: "Bearer", expiresIn: 300 },
        user: expect.objectContaining({ email: account.email }),
      },
    ]);
    expect(claimsOf(client)).toMatchObject({ aal: 2, amr: ["pwd", "otp", "mfa"], method: "password" });
    expect(await aalOf(client)).toBe(2);
    expect(client.cookies.has(CHALLENGE_COOKIE)).toBe(false);
    const again = server().client();
    again.cookies.set(CHALLENGE_COOKIE, challenge);
    await expectProblem(await answer(again, code), 401, "challenge_expired");
    await expectProblem(await answer((await afterPassword(account)).client, code), 401, "invalid_code");
  });

  it("works for a provider's sign-in and for Auth.js's own form alike (A54)", async () => {
    const ada = { name: "Ada", email: "ada-second@x.test" };
    const first = server().client();
    await continueWithGoogleOverHttp(server(), first, ada);
    const secret = await setUp(first);
    await first.post("/api/second-factor/totp/confirm", { code: codeAt(secret, new Date()) });
    const client = server().client();
    await continueWithGoogleOverHttp(server(), client, ada);
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    expect((await answer(client, nextCode(secret))).status).toBe(200);
    expect(claimsOf(client)).toMatchObject({ aal: 2, amr: ["fed", "otp", "mfa"], method: "google" });

    const { account, recoveryCodes } = await newOwner();
    const form = server().client();
    const { email, password } = account;
    await postToAuth(form, "/api/auth/callback/credentials", { email, password, callbackUrl: "/profile" });
    expect(form.cookies.has(SESSION_COOKIE)).toBe(false);
    expect((await answer(form, recoveryCodes[0] ?? "")).status).toBe(200);
    expect(await aalOf(form)).toBe(2);
  });

  it("ends after five wrong codes, also for the right one (A42, A52)", async () => {
    const { account, secret } = await newOwner();
    const { client } = await afterPassword(account);
    for (let failure = 1; failure <= 5; failure++) {
      await expectProblem(await answer(client, wrongCode(secret)), 401, "invalid_code");
    }

    await expectProblem(await answer(client, nextCode(secret)), 401, "challenge_expired");
    await expectProblem(await answer(server().client(), nextCode(secret)), 401, "challenge_expired");
  });

  it("is put off after ten, over all challenges, but not for a recovery code (A52)", async () => {
    const { account, secret, recoveryCodes } = await newOwner();
    for (let challenge = 1; challenge <= 2; challenge++) {
      const { client } = await afterPassword(account);
      for (let failure = 1; failure <= 5; failure++) await answer(client, wrongCode(secret));
    }
    const { client } = await afterPassword(account);
    const response = await answer(client, nextCode(secret));

    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(50);
    await expectProblem(response, 429, "rate_limited");
    expect((await answer(client, recoveryCodes[0] ?? "")).status).toBe(200);
    const { subject } = await mailWith(account.email, "Too many wrong codes");
    expect(subject).toBe("Too many wrong codes");
  });
});

async function mailWith(address: string, subject: string) {
  for (;;) {
    const mail = await server().mails.next(address);
    if (mail.subject === subject) return mail;
  }
}

describe("a trusted device", () => {
  it("is not asked, has one factor, and steps up for what takes two (A55)", async () => {
    const { account, secret, recoveryCodes } = await newOwner();
    const { client } = await afterPassword(account);
    const response = await answer(client, nextCode(secret), { trustDevice: true });
    expect(response.headers.getSetCookie().find((line) => line.startsWith(DEVICE_COOKIE))).toMatch(
      /^latchkey\.trusted-device=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/i,
    );
    const device = new Map([[DEVICE_COOKIE, client.cookies.get(DEVICE_COOKIE) ?? ""]]);
    const { client: trusted } = await afterPassword(account, device);

    expect(await aalOf(trusted)).toBe(1);
    const { password } = account;
    for (const [method, path, json] of [
      ["POST", "/api/second-factor/recovery-codes"],
      ["POST", "/api/passkeys/registration-options"],
      ["GET", "/api/account/export"],
      ["POST", "/api/password/change", { currentPassword: password, newPassword: "x".repeat(20) }],
      ["POST", "/api/email/change", { email: newAddress(), password }],
      ["DELETE", "/api/account", { password }],
    ] as const) {
      await expectProblem(await trusted.request(method, path, { json }), 403, "step_up_required");
    }
    const page = await trusted.get("/settings/security/second-factor");
    expect(page.headers.get("location") ?? (await page.text())).toContain("/second-factor?callbackUrl=");
    expect((await client.get("/api/account/export")).status).toBe(200);
    expect((await client.post("/api/second-factor/recovery-codes")).status).toBe(200);
    await expectProblem(await remove(trusted, recoveryCodes[0] ?? ""), 400, "invalid_code");
  });

  it("is one person's alone (A54)", async () => {
    const { account, secret } = await newOwner();
    const { client } = await afterPassword(account);
    await answer(client, nextCode(secret), { trustDevice: true });
    const device = new Map([[DEVICE_COOKIE, client.cookies.get(DEVICE_COOKIE) ?? ""]]);
    const victim = await newOwner();

    await expectProblem((await afterPassword(victim.account, device)).response, 401, "second_factor_required");
  });
});

describe("turning it off", () => {
  it("takes a code, and no code is asked for then (A58)", async () => {
    const { client, account, secret, recoveryCodes } = await newOwner();
    await expectProblem(await remove(client, wrongCode(secret)), 400, "invalid_code");
    const removed = await remove(client, recoveryCodes[9] ?? "");

    expect([removed.status, await removed.text()]).toEqual([204, ""]);
    expect((await afterPassword(account)).response.status).toBe(200);
    await mailWith(account.email, "Two-step sign-in is off");
  });
});
