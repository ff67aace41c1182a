import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { continueWithGoogleOverHttp, postToAuth } from "../support/auth-js";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";
import { SESSION_COOKIE, type StoredPerson, storePerson } from "../support/session-cookies";

const CHALLENGE_COOKIE = "latchkey.sign-in-challenge";

const server = useServer();

async function turnFactorOn(userId: string): Promise<void> {
  await server().database.query(
    "INSERT INTO totp_factors (user_id, sealed_secret, confirmed_at) VALUES ($1, '\\x00', now())",
    [userId],
  );
}

async function personWithFactor(): Promise<StoredPerson> {
  const person = await storePerson(server().database);
  await turnFactorOn(person.id);
  return person;
}

const signIn = (client: HttpClient, { email, password }: StoredPerson) =>
  client.post("/api/sign-in", { email, password });

/** The browser waits at the second factor, with a challenge and with nothing that opens anything. */
function expectChallenge(client: HttpClient, response: Response): void {
  const lines = response.headers.getSetCookie();
  const line = lines.find((one) => one.startsWith(`${CHALLENGE_COOKIE}=`));
  expect(line).toMatch(/^latchkey\.sign-in-challenge=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/i);
  expect(lines.some((one) => one.startsWith(`${SESSION_COOKIE}=ey`))).toBe(false);
  expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
}

describe("with a second factor on", () => {
  it("the API's sign-in asks for it, once the password is right", async () => {
    const person = await personWithFactor();
    const client = server().client();
    await expectProblem(await signIn(client, { ...person, password: "wrong" }), 401, "invalid_credentials");
    expect(client.cookies.has(CHALLENGE_COOKIE)).toBe(false);
    const response = await signIn(client, person);

    expectChallenge(client, response);
    await expectProblem(response, 401, "second_factor_required");
  });

  it("Auth.js's sign-in with a password leads to the page that asks for it (A54)", async () => {
    const { email, password } = await personWithFactor();
    const client = server().client();
    const response = await postToAuth(client, "/api/auth/callback/credentials", {
      ...{ email, password, callbackUrl: "/profile?tab=name" },
    });

    expect(response.headers.get("location")).toBe(
      `${server().origin}/second-factor?callbackUrl=%2Fprofile%3Ftab%3Dname`,
    );
    expectChallenge(client, response);
  });

  it("a provider's sign-in leads there too (A54)", async () => {
    const ada = { name: "Ada", email: "ada-with-two@x.test" };
    const first = server().client();
    await continueWithGoogleOverHttp(server(), first, ada);
    expect((await first.get("/api/me")).status).toBe(200);
    const [user] = await server().database.query<{ id: string }>("SELECT id FROM users WHERE email = $1", [ada.email]);
    await turnFactorOn(user?.id ?? "");

    const client = server().client();
    const response = await continueWithGoogleOverHttp(server(), client, ada, "/profile");
    expect(response.headers.get("location")).toBe(`${server().origin}/second-factor?callbackUrl=%2Fprofile`);
    expectChallenge(client, response);
  });

  it("nothing opens before it: no page, no API, no token, no session (A53)", async () => {
    const client = server().client();
    await signIn(client, await personWithFactor());
    const token = client.cookies.get(CHALLENGE_COOKIE) ?? "";
    client.cookies.set(SESSION_COOKIE, token);

    for (const path of ["/api/me", "/api/sessions"]) {
      await expectProblem(await client.get(path), 401, "unauthenticated");
      const headers = { authorization: `Bearer ${token}` };
      await expectProblem(await client.get(path, { headers }), 401, "unauthenticated");
    }
    await expectProblem(await client.post("/api/refresh"), 401, "no_session");
    expect(await (await client.get("/api/auth/session")).json()).toBeNull();
    for (const path of ["/dashboard", "/settings/security", "/settings/sessions/details"]) {
      expect((await client.get(path)).headers.get("location")).toContain("/sign-in?callbackUrl=");
    }
  });
});
