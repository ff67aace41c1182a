import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { type CreationOptions, newPasskey, type RequestOptions } from "@/attack/software-authenticator";
import { signedInClient } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";
import { claimsOf, SESSION_COOKIE } from "../support/session-cookies";

const TEN_MINUTES_SECONDS = 600;
const NOBODYS_ID = "00000000-0000-7000-8000-000000000000";

interface Listed {
  id: string;
  name: string;
}

const server = useServer();

async function json<Answer>(response: Response, status = 200): Promise<Answer> {
  expect(response.status).toBe(status);
  return (await response.json()) as Answer;
}

const creationOptions = async (client: HttpClient) =>
  json<CreationOptions>(await client.post("/api/passkeys/registration-options"));
const requestOptions = async (client: HttpClient) =>
  json<RequestOptions>(await client.post("/api/passkeys/authentication-options"));
const list = async (client: HttpClient) =>
  (await json<{ passkeys: Listed[] }>(await client.get("/api/passkeys"))).passkeys;

/** Somebody with a passkey. */
async function owner() {
  const { client, account } = await signedInClient(server());
  const passkey = newPasskey(server().origin);
  const answer = { ...passkey.register(await creationOptions(client)), name: "Key ring" };
  const added = await json<Listed>(await client.post("/api/passkeys", answer), 201);
  return { client, account, passkey, added };
}

describe("/api/passkeys", () => {
  it("adds, lists, renames and removes", async () => {
    const { client, account, added } = await owner();
    const listed = {
      ...{ id: added.id, name: "Key ring", lastUsedAt: null, synced: false },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    };
    expect(added).toEqual(listed);
    expect(await list(client)).toEqual([listed]);
    expect((await server().mails.next(account.email)).subject).toBe("A passkey was added to your account");

    const renamed = await client.request("PATCH", `/api/passkeys/${added.id}`, { json: { name: " Ring " } });
    expect(await json(renamed)).toEqual({ ...listed, name: "Ring" });
    const removed = await client.request("DELETE", `/api/passkeys/${added.id}`);
    expect([removed.status, await removed.text()]).toEqual([204, ""]);
    expect(await list(client)).toEqual([]);
    expect((await server().mails.next(account.email)).subject).toBe("A passkey was removed from your account");
  });

  it("is nobody else's (A93)", async () => {
    const { client, added } = await owner();
    const { client: stranger } = await signedInClient(server());
    for (const id of [added.id, NOBODYS_ID, "x", "%00"]) {
      const path = `/api/passkeys/${id}`;
      await expectProblem(await stranger.request("PATCH", path, { json: { name: "Mine" } }), 404, "not_found");
      await expectProblem(await stranger.request("DELETE", path), 404, "not_found");
    }

    expect(await list(stranger)).toEqual([]);
    expect(await list(client)).toEqual([expect.objectContaining({ name: "Key ring" })]);
  });

  it("keeps the last way in (A59)", async () => {
    const { client, added } = await owner();
    await server().database.query("DELETE FROM passwords WHERE user_id = $1", [claimsOf(client).sub]);

    const removed = await client.request("DELETE", `/api/passkeys/${added.id}`);
    await expectProblem(removed, 409, "last_sign_in_method");
    expect(await list(client)).toHaveLength(1);
  });

  it("asks for a recent sign-in to add and to remove", async () => {
    const { client, added } = await owner();
    const answer = newPasskey(server().origin).register(await creationOptions(client));
    ageClient(client, TEN_MINUTES_SECONDS + 1);
    const members = { maxAgeSeconds: TEN_MINUTES_SECONDS };

    for (const response of [
      await client.post("/api/passkeys/registration-options"),
      await client.post("/api/passkeys", answer),
      await client.request("DELETE", `/api/passkeys/${added.id}`),
    ]) {
      await expectProblem(response, 403, "recent_authentication_required", members);
    }
    expect(await list(client)).toHaveLength(1);
  });

  it("is not for visitors, nor for other sites", async () => {
    const headers = { origin: "https://evil.example" };
    const { client } = await signedInClient(server());
    for (const [method, path] of [
      ["GET", "/api/passkeys"],
      ["POST", "/api/passkeys"],
      ["POST", "/api/passkeys/registration-options"],
      ["PATCH", `/api/passkeys/${NOBODYS_ID}`],
      ["DELETE", `/api/passkeys/${NOBODYS_ID}`],
    ] as const) {
      await expectProblem(await server().client().request(method, path), 401, "unauthenticated");
      if (method !== "GET") {
        await expectProblem(await client.request(method, path, { headers }), 403, "cross_origin");
      }
    }
  });

  it("takes what browsers add inside of the answer, and no field of ours that it doesn't name", async () => {
    const { client } = await signedInClient(server());
    const answer = newPasskey(server().origin).register(await creationOptions(client));
    const errors = ["userId", "counter"].map((field) => {
      return { field, code: "unrecognized_key", message: "There is no such field." };
    });
    const refused = await client.post("/api/passkeys", { ...answer, userId: NOBODYS_ID, counter: 0 });
    await expectProblem(refused, 422, "invalid_input", { errors });

    const response = { ...answer.response, publicKey: "AAAA", futureMember: { x: 1 } };
    const added = await client.post("/api/passkeys", { ...answer, response, clientExtensionResults: { x: true } });
    expect(added.status).toBe(201);
  });

  it.each([
    ["id", "a b"],
    ["id", ""],
    ["id", "A".repeat(1365)],
    ["type", "password"],
    ["response", null],
    ["response", { clientDataJSON: 1, attestationObject: "AAAA" }],
    ["response", { clientDataJSON: "AAAA", attestationObject: "A".repeat(16_385) }],
    ["clientExtensionResults", "x"],
    ["authenticatorAttachment", {}],
    ["name", "a\nb"],
  ])("refuses the %s %j", async (field, value) => {
    const { client } = await signedInClient(server());
    const answer = newPasskey(server().origin).register({ challenge: "AAAA", rp: {}, user: { id: "AAAA" } });
    const response = await client.post("/api/passkeys", { ...answer, [field]: value });

    expect(await json(response, 422)).toMatchObject({ code: "invalid_input" });
  });
});

describe("POST /api/passkeys/authentication-options", () => {
  it("answers whoever asks for whom alike (A20)", async () => {
    const { account } = await owner();
    const { account: without } = await signedInClient(server());
    const answers: unknown[] = [];
    for (const body of [undefined, {}, { email: account.email }, { email: without.email }, { email: "no@x.test" }]) {
      const response = await server().client().post("/api/passkeys/authentication-options", body);
      const { challenge, ...rest } = await json<RequestOptions>(response);
      const names = [...response.headers.keys()];
      answers.push({ names, length: challenge.length, cookies: response.headers.getSetCookie(), ...rest });
    }

    expect(answers[0]).toMatchObject({ length: 43, cookies: [], rpId: "localhost", userVerification: "required" });
    expect(answers[0]).not.toHaveProperty("allowCredentials");
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});

describe("the pages", () => {
  it("may use passkeys, and no frame in them may", async () => {
    const { headers } = await server().client().get("/sign-in");

    for (const feature of ["publickey-credentials-create", "publickey-credentials-get"]) {
      expect(headers.get("permissions-policy")).toContain(`${feature}=(self)`);
    }
  });
});

describe("POST /api/sign-in/passkey", () => {
  it("signs in as a password does, with two factors", async () => {
    const { passkey, client: earlier } = await owner();
    const client = server().client();
    const answer = { ...passkey.answer(await requestOptions(client)), remember: true };
    const signedIn = await client.post("/api/sign-in/passkey", answer);

    expect(await json(signedIn)).toEqual({
      ...{ accessToken: expect.any(String), tokenType: "Bearer", expiresIn: 300 },
      user: expect.objectContaining({ id: claimsOf(earlier).sub }),
    });
    expect(claimsOf(client)).toMatchObject({ method: "passkey", aal: 2, amr: ["hwk", "user", "mfa"], remember: true });
    expect(await json(await client.get("/api/me"))).toMatchObject({ session: { aal: 2 } });
    expect(await json(await earlier.get("/api/passkeys"))).toMatchObject({
      passkeys: [{ lastUsedAt: expect.any(String) }],
    });
  });

  it("refuses an answer a second time (A60), and sets no cookie", async () => {
    const { passkey } = await owner();
    const client = server().client();
    const answer = passkey.answer(await requestOptions(client));
    await client.post("/api/sign-in/passkey", answer);
    const thief = server().client();

    await expectProblem(await thief.post("/api/sign-in/passkey", answer), 400, "invalid_passkey");
    expect(thief.cookies.has(SESSION_COOKIE)).toBe(false);
  });

  it("refuses a passkey that verified nobody: no half of two factors signs in (A54)", async () => {
    const { passkey } = await owner();
    const client = server().client();
    const answer = passkey.answer(await requestOptions(client), { userVerified: false });

    await expectProblem(await client.post("/api/sign-in/passkey", answer), 400, "invalid_passkey");
  });

  it("refuses what was made for the same machine by its number (A60)", async () => {
    const { passkey } = await owner();
    const client = server().client();
    const origin = server().origin.replace("localhost", "127.0.0.1");
    const answer = passkey.answer(await requestOptions(client), { origin });

    await expectProblem(await client.post("/api/sign-in/passkey", answer), 400, "invalid_passkey");
  });

  it("lets nobody in to a disabled account", async () => {
    const { passkey, client: earlier } = await owner();
    await server().database.query("UPDATE users SET disabled_at = now() WHERE id = $1", [claimsOf(earlier).sub]);
    const client = server().client();
    const answer = passkey.answer(await requestOptions(client));

    await expectProblem(await client.post("/api/sign-in/passkey", answer), 403, "account_disabled");
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
  });

  it("takes the place of the session that the browser held", async () => {
    const { passkey, client } = await owner();
    const before = new Map(client.cookies);
    await client.post("/api/sign-in/passkey", passkey.answer(await requestOptions(client)));
    expect((await client.get("/api/me")).status).toBe(200);
    client.cookies.set(SESSION_COOKIE, before.get(SESSION_COOKIE) ?? "");

    await expectProblem(await client.get("/api/me"), 401, "session_ended", { reason: "signed_out" });
  });
});
