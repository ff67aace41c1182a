import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { createAccount, GOOD_PASSWORD, newAddress, signedInClient } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { tokenIn } from "../support/mails";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";

const server = useServer();

const change = (client: HttpClient, email: unknown, more: Record<string, unknown> = { password: GOOD_PASSWORD }) =>
  client.post("/api/email/change", { email, ...more });
const confirm = (token: unknown) => server().client().post("/api/email/confirm", { token });
const emailAt = async (client: HttpClient) =>
  ((await (await client.get("/api/me")).json()) as { user: { email: string } }).user.email;

/** The parts of an answer in which two could differ, byte for byte. */
async function partsOf(response: Response) {
  const headers = [...response.headers].filter(([name]) => name !== "date" && name !== "x-request-id");
  return { status: response.status, headers, body: await response.text() };
}

describe("moving to another address", () => {
  it("is asked for, confirmed at the new address, shown by the same session, and told to the old one (A48)", async () => {
    const { client, account } = await signedInClient(server());
    const email = newAddress();
    const asked = await change(client, email);
    expect([asked.status, await asked.json()]).toEqual([202, { status: "confirmation_sent" }]);
    expect((await server().mails.next(account.email)).text).toContain("Nothing has changed yet");
    expect(await emailAt(client)).toBe(account.email);

    const link = await server().mails.next(email);
    const token = tokenIn(link, "/confirm-email");
    // Opened by a scanner, or by somebody who thinks better of it (A46).
    for (const method of ["GET", "HEAD"]) {
      const opened = await server().client().request(method, `/confirm-email?token=${token}`);
      expect([opened.status, opened.headers.get("referrer-policy")]).toEqual([200, "same-origin"]);
      expect(opened.headers.get("cache-control")).toContain("no-store");
    }
    expect(await emailAt(client)).toBe(account.email);

    const confirmed = await confirm(token);
    expect([confirmed.status, await confirmed.json()]).toEqual([200, { status: "changed" }]);
    await expect.poll(() => emailAt(client)).toBe(email);
    await expectProblem(await confirm(token), 400, "invalid_token");
    tokenIn(await server().mails.next(account.email), "/undo-email-change");
    expect(server().output()).not.toContain(token);
  });

  it("answers the same for an address that somebody has as for a free one, byte for byte (A20)", async () => {
    const { client } = await signedInClient(server());
    const taken = await createAccount(server());
    const answers = [
      await partsOf(await change(client, taken.email)),
      await partsOf(await change(client, newAddress())),
    ];

    expect(answers[0]).toEqual(answers[1]);
    expect((await server().mails.next(taken.email)).text).not.toContain("/confirm-email");
  });

  it("takes the right password alone: 403, since the session is not in doubt", async () => {
    const { client } = await signedInClient(server());
    const email = newAddress();

    await expectProblem(
      await change(client, email, { password: "not the right passphrase" }),
      403,
      "invalid_credentials",
    );
    const errors = [{ field: "password", code: "required", message: expect.any(String) }];
    await expectProblem(await change(client, email, {}), 422, "invalid_input", { errors });
    await expectProblem(await change(server().client(), email), 401, "unauthenticated");
    expect(server().mails.to(email)).toEqual([]);
  });

  it("asks an account without a password to have signed in recently", async () => {
    const { client, account } = await signedInClient(server());
    const { query } = server().database;
    await query("DELETE FROM passwords USING users WHERE user_id = users.id AND email = $1", [account.email]);
    expect((await change(client, newAddress(), {})).status).toBe(202);

    ageClient(client, 601);
    await expectProblem(await change(client, newAddress(), {}), 403, "recent_authentication_required", {
      maxAgeSeconds: 600,
    });
  });

  it.each([
    '"e@evil.test"@victim.test',
    "a@evil.test＠victim.test",
    "a@evil.test﹫victim.test",
    "a@v.test,b@evil.test",
    "a@v.test\r\nBCC: b@evil.test",
    "<b@evil.test> a@v.test",
    "a@v.test <b@evil.test>",
    `a@${"v".repeat(320)}.test`,
    ["a@v.test"],
    { $ne: null },
  ])("refuses %j as an address, and mails nobody (A33)", async (email) => {
    const { client } = await bareClient();
    const response = await change(client, email);

    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([422, "invalid_input"]);
    const mails = "SELECT recipient FROM outgoing_mails WHERE recipient LIKE '%v.test' OR recipient LIKE '%evil.test'";
    expect(await server().database.query(mails)).toEqual([]);
  });

  it("refuses the address that the account has, and fields that it doesn't name", async () => {
    const { client, account } = await bareClient();
    const same = { field: "email", code: "same_address", message: "This is the account's address already." };
    await expectProblem(await change(client, account.email), 422, "invalid_input", { errors: [same] });

    const extra = await change(client, newAddress(), { password: GOOD_PASSWORD, userId: "1", emailVerified: true });
    expect([
      extra.status,
      ((await extra.json()) as { errors: { field: string }[] }).errors.map(({ field }) => field),
    ]).toEqual([422, ["userId", "emailVerified"]]);
  });

  it("writes links that begin with the configured origin, whatever the request says of its host (A35)", async () => {
    const { client, account } = await bareClient();
    const email = newAddress();
    const headers = {
      "x-forwarded-host": "evil.test",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.test;proto=https",
    };
    const asked = await client.post("/api/email/change", { email, password: account.password }, { headers });
    expect(asked.status).toBe(202);
    const mail = await server().mails.next(email);

    expect(mail.text).toContain(`${server().origin}/confirm-email?token=`);
    expect(mail.text).not.toContain("evil.test");
  });

  it.each([[["x"]], [{ $ne: null }], [null], [7]])("takes no token but text: %j (A45)", async (token) => {
    const response = await confirm(token);

    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([422, "invalid_input"]);
  });
});

let shared: ReturnType<typeof signedInClient> | null = null;

/** One person for what is refused before anything happens. */
function bareClient(): ReturnType<typeof signedInClient> {
  shared ??= signedInClient(server());
  return shared;
}
