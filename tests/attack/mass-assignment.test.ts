import { expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { GOOD_PASSWORD, newAddress, signedInClient } from "../support/accounts";
import { readForm } from "../support/send-form";
import { useServer } from "../support/server";

const server = useServer({}, { own: true });

/** What somebody would like to set, and no route names. */
const WISHES = {
  ...{ role: "admin", roles: ["admin"], emailVerified: "2026-01-01T00:00:00Z", id: "x", userId: "x", sessionId: "x" },
  ...{ passwordHash: "x", mfaEnabled: false, aal: 2, createdAt: "2020-01-01T00:00:00Z", termsVersion: "x" },
} as const;

const TOKEN = "x".repeat(43);
const CREDENTIAL = { id: "AAAA", rawId: "AAAA", type: "public-key" };
const ASSERTION = {
  ...CREDENTIAL,
  response: { clientDataJSON: "AAAA", authenticatorData: "AAAA", signature: "AAAA" },
};
const SOMEBODYS_ID = "018f4d6e-0000-7000-8000-000000000000";

/**
 * Every route that takes a body, with one that it takes, but new recovery codes: nobody without a second factor gets as far as its body,
 * which is that of the two rows above. WebAuthn's own names, of which `id` is one, stay as they are.
 */
const ROUTES: readonly (readonly [method: string, path: string, body: object])[] = [
  ["POST", "/api/sign-up", { email: newAddress(), password: GOOD_PASSWORD }],
  ["POST", "/api/verify-email", { token: TOKEN }],
  ["POST", "/api/verify-email/resend", { email: newAddress() }],
  ["POST", "/api/sign-in", { email: newAddress(), password: GOOD_PASSWORD }],
  ["POST", "/api/sign-in/second-factor", { code: "000000" }],
  ["POST", "/api/sign-in/passkey", ASSERTION],
  ["POST", "/api/password/forgot", { email: newAddress() }],
  ["POST", "/api/password/reset", { token: TOKEN, password: "brass lantern under the quiet stairs" }],
  [
    "POST",
    "/api/password/change",
    { currentPassword: GOOD_PASSWORD, newPassword: "brass lantern under the quiet stairs" },
  ],
  ["POST", "/api/email/change", { email: newAddress(), password: GOOD_PASSWORD }],
  ["POST", "/api/email/confirm", { token: TOKEN }],
  ["POST", "/api/second-factor/totp/confirm", { code: "000000" }],
  ["DELETE", "/api/second-factor/totp", { code: "000000" }],
  ["POST", "/api/passkeys", { ...CREDENTIAL, response: { clientDataJSON: "AAAA", attestationObject: "AAAA" } }],
  ["POST", "/api/passkeys/authentication-options", {}],
  ["PATCH", `/api/passkeys/${SOMEBODYS_ID}`, { name: "Desk" }],
  ["DELETE", "/api/account", { password: GOOD_PASSWORD }],
];

/** Every row that could have been written. */
const written = async () =>
  (
    await server().database.query(`SELECT
    (SELECT json_agg(u ORDER BY id) FROM users u) users, (SELECT json_agg(p ORDER BY user_id) FROM passwords p) passwords,
    (SELECT count(*) FROM sign_ups) sign_ups, (SELECT count(*) FROM outgoing_mails) mails, (SELECT count(*) FROM sessions) sessions,
    (SELECT count(*) FROM email_changes) changes, (SELECT count(*) FROM passkeys) passkeys`)
  )[0];

async function refusedFields(client: HttpClient, [method, path, body]: (typeof ROUTES)[number]) {
  const response = await client.request(method, path, { json: { ...WISHES, ...body } });
  const { code, errors = [] } = (await response.json()) as { code: string; errors?: { field: string; code: string }[] };
  const unnamed = errors.filter((error) => error.code === "unrecognized_key").map(({ field }) => field);
  return { status: response.status, code, unnamed: unnamed.toSorted() };
}

it("A94: no route takes a field that it doesn't name, and nothing is done", async () => {
  const { client } = await signedInClient(server());
  const before = await written();
  for (const route of ROUTES) {
    const named = Object.keys(route[2]);
    const unnamed = Object.keys(WISHES).filter((field) => !named.includes(field));

    expect([route[1], await refusedFields(client, route)]).toEqual([
      route[1],
      { status: 422, code: "invalid_input", unnamed: unnamed.toSorted() },
    ]);
  }
  expect(await written()).toEqual(before);
});

it("A94: no form takes a field that no form has, and nothing is done", async () => {
  const { client } = await signedInClient(server());
  const form = await readForm(client, "/profile", "name");
  const before = await written();
  for (const [field, value] of Object.entries(WISHES).filter(([name]) => name !== "id")) {
    const response = await form.send(client, "Eve", { [field]: String(value) });
    expect([response.status, await response.text()]).toEqual([422, `No form has the field "${field}".`]);
  }
  expect(await written()).toEqual(before);

  expect((await form.send(client, "Eve", { id: "x" })).status).toBe(200);
  expect(await server().database.query("SELECT 1 FROM users WHERE name = 'Eve'")).toHaveLength(1);
});
