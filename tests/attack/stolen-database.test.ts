import { beforeAll, describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { type CreationOptions, newPasskey, type RequestOptions } from "@/attack/software-authenticator";
import { openIssuedTokens, openTokens } from "@/features/provider-token/token-set";
import { addSeconds } from "@/lib/clock";
import { unseal } from "@/lib/crypto/seal";
import { codeAt } from "../features/second-factor/factor";
import { GOOD_PASSWORD, newAddress, signUpOnly } from "../support/accounts";
import { continueWithGoogleOverHttp } from "../support/auth-js";
import { tokenIn } from "../support/mails";
import { findSecrets, newSecretWitness } from "../support/secret-witness";
import { sendForm } from "../support/send-form";
import { useServer } from "../support/server";
import { spellings } from "../support/whole-person";
import { keepWrittenRows, writtenRows } from "../support/written-rows";

const OTHER_PASSWORD = "seven lanterns over the frozen quay";
const WRONG_PASSWORD = "a password that was mistyped somewhere";

const server = useServer({ MAGIC_LINK: "on" });
const witness = newSecretWitness();
const browser = () => witness.watch(server().client());

async function json<Answer>(response: Response, status = 200): Promise<Answer> {
  expect([response.url, response.status]).toEqual([response.url, status]);
  return (await response.json()) as Answer;
}

/** The token of the next mail's link, noted. */
async function mailedToken(address: string, path: string): Promise<string> {
  const token = tokenIn(await server().mails.next(address), path);
  witness.note(`token of ${path}`, token);
  return token;
}

async function signIn(client: HttpClient, email: string, password: string): Promise<Response> {
  const response = await client.post("/api/sign-in", { email, password });
  return response;
}

async function noteAccessToken(response: Response): Promise<void> {
  const { accessToken } = await json<{ accessToken: string }>(response);
  witness.note("access token", accessToken);
  witness.note("signature of an access token", accessToken.split(".")[2] ?? "");
}

/** Signs up, in, with an app, a passkey, a trusted device and recovery codes, resets the password, moves to another address. */
async function passwordJourney(): Promise<void> {
  for (const password of [GOOD_PASSWORD, OTHER_PASSWORD, WRONG_PASSWORD]) witness.note("password", password);
  const { email } = await signUpOnly(server());
  const client = browser();
  const verified = await client.post("/api/verify-email", { token: await mailedToken(email, "/verify-email") });
  expect(verified.status).toBe(200);
  expect((await signIn(client, email, WRONG_PASSWORD)).status).toBe(401);
  await noteAccessToken(await signIn(client, email, GOOD_PASSWORD));
  await noteAccessToken(await client.post("/api/refresh"));

  const { secret } = await json<{ secret: string }>(await client.post("/api/second-factor/totp"));
  witness.note("secret of an authenticator app", secret);
  const code = codeAt(secret, new Date());
  const confirmed = await client.post("/api/second-factor/totp/confirm", { code });
  const { recoveryCodes } = await json<{ recoveryCodes: string[] }>(confirmed);
  for (const one of recoveryCodes) {
    witness.note("recovery code", one);
    witness.note("recovery code without dashes", one.replaceAll("-", ""));
  }
  await addAndUsePasskey(client);

  const elsewhere = browser();
  expect((await signIn(elsewhere, email, GOOD_PASSWORD)).status).toBe(401);
  const nextCode = codeAt(secret, addSeconds(new Date(), 30));
  const trusted = await elsewhere.post("/api/sign-in/second-factor", { code: nextCode, trustDevice: true });
  await noteAccessToken(trusted);

  await client.post("/api/password/forgot", { email });
  const token = await mailedResetToken(email);
  expect((await client.post("/api/password/reset", { token, password: OTHER_PASSWORD })).status).toBe(204);
  const again = browser();
  expect((await signIn(again, email, OTHER_PASSWORD)).status).toBe(401);
  await noteAccessToken(await again.post("/api/sign-in/second-factor", { code: recoveryCodes[0] }));
  await moveTo(newAddress(), again, email);
}

async function addAndUsePasskey(client: HttpClient): Promise<void> {
  const passkey = newPasskey(server().origin);
  const creation = await json<CreationOptions>(await client.post("/api/passkeys/registration-options"));
  witness.note("challenge of a registration", creation.challenge);
  await json(await client.post("/api/passkeys", { ...passkey.register(creation), name: "Key ring" }), 201);
  const other = browser();
  const request = await json<RequestOptions>(await other.post("/api/passkeys/authentication-options"));
  witness.note("challenge of a passkey sign-in", request.challenge);
  const answer = passkey.answer(request);
  witness.note("signature of a passkey", answer.response.signature);
  await noteAccessToken(await other.post("/api/sign-in/passkey", answer));
  // One that is never answered, so that its row stays.
  const unused = await json<RequestOptions>(await other.post("/api/passkeys/authentication-options"));
  witness.note("challenge without an answer", unused.challenge);
}

/** News of the factor and of the passkey come first. */
async function mailedResetToken(email: string): Promise<string> {
  for (;;) {
    const mail = await server().mails.next(email);
    if (!mail.text.includes("/reset-password?token=")) continue;
    const token = tokenIn(mail, "/reset-password");
    witness.note("token of /reset-password", token);
    return token;
  }
}

async function moveTo(newEmail: string, client: HttpClient, email: string): Promise<void> {
  const asked = await client.post("/api/email/change", { email: newEmail, password: OTHER_PASSWORD });
  expect(asked.status).toBe(202);
  const token = await mailedToken(newEmail, "/confirm-email");
  expect((await client.post("/api/email/confirm", { token })).status).toBe(200);
  for (;;) {
    const mail = await server().mails.next(email);
    if (!mail.text.includes("/undo-email-change?token=")) continue;
    witness.note("token of /undo-email-change", tokenIn(mail, "/undo-email-change"));
    return;
  }
}

/** Signs in with Google, twice, and by mail, once by the link and once by the code; meets an identity that has to wait. */
async function providerJourney(): Promise<void> {
  const person = { name: "Ada", email: newAddress() };
  await continueWithGoogleOverHttp(server(), browser(), person);
  const client = browser();
  await continueWithGoogleOverHttp(server(), client, person);
  await noteAccessToken(await client.post("/api/refresh"));

  for (const way of ["token", "code"]) {
    const reader = browser();
    expect((await sendForm(reader, "/magic-link", "email", person.email)).status).toBe(303);
    const mail = await server().mails.next(person.email);
    const token = tokenIn(mail, "/magic-link");
    const code = /\b\d{6}\b/.exec(mail.text)?.[0] ?? "";
    witness.note("token of /magic-link", token);
    witness.note("code of a magic link", code);
    const page = way === "token" ? `/magic-link?token=${token}` : "/magic-link?sent=1";
    const entered = await sendForm(reader, page, way, way === "token" ? token : code);
    expect([way, entered.headers.get("location")]).toEqual([way, expect.stringContaining("/dashboard")]);
  }

  const { email } = await signUpOnly(server());
  const verifier = browser();
  await verifier.post("/api/verify-email", { token: await mailedToken(email, "/verify-email") });
  const held = await continueWithGoogleOverHttp(server(), browser(), { name: "Held", email });
  expect(held.headers.get("location")).toContain("/link-account");
}

/** Opens, with the secret that a thief of the database lacks, all that is sealed, to know what to look for. */
async function noteSealedContent(): Promise<void> {
  const { query } = server().database;
  const hold = <Row extends Record<string, unknown>>(rows: Row[]) => {
    expect(rows.length).toBeGreaterThan(0);
    return rows;
  };
  const tokens = await query<{ account_id: string; sealed_tokens: Buffer }>("SELECT * FROM provider_tokens");
  for (const { account_id, sealed_tokens } of hold(tokens)) {
    const opened = openTokens(account_id, sealed_tokens);
    witness.note("access token of a provider", opened?.accessToken ?? "");
    if (opened?.refreshToken) witness.note("refresh token of a provider", opened.refreshToken);
    // Moved to another person's row it opens as little as for a thief.
    expect(() => unseal("provider-token", sealed_tokens, "another account")).toThrow("does not authenticate");
  }
  const keys = await query<{ id: string; sealed_private_jwk: Buffer }>("SELECT * FROM signing_keys");
  for (const { id, sealed_private_jwk } of hold(keys)) {
    witness.note("private key", JSON.parse(unseal("signing-key", sealed_private_jwk, id)).d);
  }
  const factors = await query<{ user_id: string; sealed_secret: Buffer }>("SELECT * FROM totp_factors");
  for (const { user_id, sealed_secret } of hold(factors)) {
    witness.note("sealed secret of an app", unseal("totp-secret", sealed_secret, user_id));
  }
  const held = "SELECT sealed_tokens FROM connection_requests WHERE sealed_tokens IS NOT NULL";
  for (const { sealed_tokens } of hold(await query<{ sealed_tokens: Buffer }>(held))) {
    expect(openIssuedTokens("another request", sealed_tokens)).toBeNull();
  }
}

describe("A51: a dump of the database, at any moment of a full journey", () => {
  let rows: string[] = [];
  beforeAll(async () => {
    await keepWrittenRows(server().database);
    await Promise.all([passwordJourney(), providerJourney()]);
    await noteSealedContent();
    rows = await writtenRows(server().database);
  });

  it("holds nothing that opens anything, in any spelling", () => {
    expect(findSecrets(rows, witness.secrets)).toEqual([]);
  });

  it("A96: nor does the log, also where a query fails over what somebody sent", async () => {
    await server().database.query("ALTER TABLE users RENAME TO users_away");
    const attempt = await signIn(browser(), newAddress(), GOOD_PASSWORD);
    await server().database.query("ALTER TABLE users_away RENAME TO users");
    expect(attempt.status).toBe(500);

    expect(server().output()).toContain("A request failed.");
    expect(findSecrets([`log ${server().output()}`], witness.secrets)).toEqual([]);
  });

  it("was taken of a journey that left something in every table which holds secrets", () => {
    const tables = new Set(rows.map((row) => row.slice(0, row.indexOf(" "))));
    expect([...tables]).toEqual(expect.arrayContaining(TABLES_WITH_SECRETS));
    const kinds = new Set([...witness.secrets.keys()].map((name) => name.replace(/ #\d+$/, "")));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(KINDS_OF_SECRETS));
  });

  it("would show each of the secrets, were it written in clear, in hexadecimal, or in base64", () => {
    for (const [name, value] of witness.secrets) {
      const clear = /^\d{6}$/.test(value) ? [value] : spellings(Buffer.from(value));
      for (const form of clear) {
        expect(findSecrets([`planted {"column": "${form}"}`], new Map([[name, value]]))).toEqual([
          `${name} in planted`,
        ]);
      }
    }
  });
});

const TABLES_WITH_SECRETS = [
  ...["accounts", "audit_events", "connection_requests", "email_changes", "known_devices", "magic_links"],
  ...["one_time_tokens", "outgoing_mails", "passkeys", "passwords", "provider_tokens", "recovery_codes", "sessions"],
  ...["sign_in_challenges", "sign_ups", "signing_keys", "totp_factors", "trusted_devices", "webauthn_challenges"],
];

const KINDS_OF_SECRETS = [
  ...["access token", "access token of a provider", "challenge without an answer", "code of a magic link"],
  ...["cookie authjs.session-token", "cookie latchkey.magic-link", "cookie latchkey.sign-in-challenge"],
  ...["cookie latchkey.trusted-device", "password", "private key", "recovery code"],
  ...["secret of an authenticator app", "token of /confirm-email", "token of /magic-link", "token of /reset-password"],
  ...["token of /undo-email-change", "token of /verify-email"],
];
