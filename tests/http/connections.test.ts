import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { RelyingParty } from "../scripts/development/relying-party";
import { createAccount, newAddress, signedInClient } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";

const server = useServer();
const PAGE = "/settings/connections";
const TEN_MINUTES_SECONDS = 600;

const locationOf = (response: Response, base = server().origin) =>
  new URL(response.headers.get("location") ?? "", base);
const linksOf = ({ email }: { email: string }) =>
  server().database.query<{ id: string }>(
    "SELECT a.id FROM accounts a JOIN users u ON u.id = a.user_id WHERE u.email = $1",
    [email],
  );

/** Presses Connect as a browser without scripts does, and returns the provider's address that it leads to. */
async function pressConnect(client: HttpClient): Promise<URL> {
  const html = await (await client.get(PAGE)).text();
  const action = /name="(\$ACTION_ID_[0-9a-f]+)"(?=(?:(?!<\/form>).)*name="provider")/s.exec(html)?.[1] ?? "";
  const form = new FormData();
  form.set(action, "");
  form.set("provider", "google");
  const request = new Request(server().origin, { method: "POST", body: form });
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  return locationOf(await client.request("POST", PAGE, { headers, body: new Uint8Array(await request.arrayBuffer()) }));
}

/** Begins to sign in with Google, by Auth.js's own route. */
async function pressSignIn(client: HttpClient): Promise<URL> {
  const { csrfToken } = (await (await client.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, callbackUrl: "/dashboard" }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return locationOf(await client.request("POST", "/api/auth/signin/google", { headers, body }));
}

/** Is somebody with this address at the provider, and returns the path that it sends the browser back to. */
async function answerOf(address: URL, email: string, verified = true): Promise<string> {
  const provider = new RelyingParty(server().issuer);
  const step = (response: Response) => locationOf(response, server().issuer);
  const page = step(await provider.visit(address));
  const form = { choice: "typed", name: "Somebody", email, ...(verified ? { verified: "yes" } : {}) };
  const chosen = step(await provider.choose(page.href, form));
  const back = step(await provider.visit(chosen));
  expect(back.origin).toBe(server().origin);
  return back.pathname + back.search;
}

/** Connects Google with somebody of this address there. */
async function connect(client: HttpClient, email: string): Promise<URL> {
  return locationOf(await client.get(await answerOf(await pressConnect(client), email)));
}

describe("connecting under Settings", () => {
  it("links the identity and leaves the session's cookie as it is", async () => {
    const { client, account } = await signedInClient(server());
    const before = client.cookies.get(SESSION_COOKIE);
    const back = await connect(client, newAddress());

    expect([back.pathname, back.search]).toEqual([PAGE, "?outcome=connected&provider=google"]);
    expect(client.cookies.get(SESSION_COOKIE)).toBe(before);
    expect(await linksOf(account)).toHaveLength(1);
  });

  it("takes an address that the provider doesn't vouch for: the person is proven, not the address (A66)", async () => {
    const { client, account } = await signedInClient(server());
    const answer = await answerOf(await pressConnect(client), newAddress(), false);

    expect(locationOf(await client.get(answer)).search).toContain("outcome=connected");
    expect(await linksOf(account)).toHaveLength(1);
  });

  it("asks for a recent sign-in first", async () => {
    const { client } = await signedInClient(server());
    ageClient(client, TEN_MINUTES_SECONDS + 1);

    expect((await pressConnect(client)).pathname).toBe("/re-authenticate");
  });

  it("links nothing of an answer that the attacker obtained (A61, login CSRF)", async () => {
    const { client: attacker, account: attackers } = await signedInClient(server());
    const { client: victim, account } = await signedInClient(server());
    const before = victim.cookies.get(SESSION_COOKIE);
    const answers = [
      await answerOf(await pressConnect(attacker), newAddress()),
      await answerOf(await pressSignIn(server().client()), newAddress()),
    ];

    // Out of the blue, and while the victim is on the way to connect something.
    await victim.get(answers[0] ?? "");
    await pressConnect(victim);
    for (const answer of answers) {
      expect(locationOf(await victim.get(answer)).pathname).not.toBe(PAGE);
    }
    expect([...(await linksOf(account)), ...(await linksOf(attackers))]).toEqual([]);
    expect(victim.cookies.get(SESSION_COOKIE)).toBe(before);
  });

  it("links nothing once the person has signed out, and signs nobody in", async () => {
    const { client, account } = await signedInClient(server());
    const answer = await answerOf(await pressConnect(client), newAddress());
    await client.post("/api/sign-out");
    const back = locationOf(await client.get(answer));

    expect(back.search).toBe("?outcome=session_ended&provider=google");
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    expect(await linksOf(account)).toEqual([]);
  });

  it("never ends as a sign-in, also when the request is gone, as after a new password", async () => {
    const { client, account } = await signedInClient(server());
    const answer = await answerOf(await pressConnect(client), newAddress());
    const before = client.cookies.get(SESSION_COOKIE);
    await server().database.query(
      "DELETE FROM connection_requests WHERE user_id = (SELECT id FROM users WHERE email = $1)",
      [account.email],
    );
    const back = locationOf(await client.get(answer));

    expect([back.pathname, back.search]).toEqual([PAGE, "?outcome=expired&provider=google"]);
    expect(client.cookies.get(SESSION_COOKIE)).toBe(before);
    expect(await linksOf(account)).toEqual([]);
  });

  it("takes a flow that was begun to sign in for nothing else, also after one that was begun to connect", async () => {
    const { client, account } = await signedInClient(server());
    await pressConnect(client);
    const email = newAddress();
    const back = locationOf(await client.get(await answerOf(await pressSignIn(client), email)));

    expect(back.pathname).toBe("/dashboard");
    expect(await linksOf(account)).toEqual([]);
    expect(await (await client.get("/api/me")).json()).toMatchObject({ user: { email } });
  });
});

describe("coming from a provider with the address of an account", () => {
  it("signs nobody in, and leads to the page where its owner connects the two", async () => {
    const account = await createAccount(server());
    const client = server().client();
    const back = locationOf(await client.get(await answerOf(await pressSignIn(client), account.email)));

    expect(back.pathname).toBe("/link-account");
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    expect(await (await client.get("/link-account")).text()).toContain("You already have an account");
    expect(await linksOf(account)).toEqual([]);
  });
});

describe("GET /api/connections", () => {
  it("lists what whoever asks has connected", async () => {
    const { client, account } = await signedInClient(server());
    const email = newAddress();
    await connect(client, email);
    const [link] = await linksOf(account);
    const response = await client.get("/api/connections");

    expect([response.status, await response.json()]).toEqual([
      200,
      {
        connections: [{ id: link?.id, provider: "google", email, createdAt: expect.any(String), needsConsent: false }],
      },
    ]);
  });

  it("answers a visitor with 401", async () => {
    await expectProblem(await server().client().get("/api/connections"), 401, "unauthenticated");
  });
});

describe("DELETE /api/connections/{id}", () => {
  const remove = (client: HttpClient, id: string) => client.request("DELETE", `/api/connections/${id}`);

  it("disconnects, once", async () => {
    const { client, account } = await signedInClient(server());
    await connect(client, newAddress());
    const [link] = await linksOf(account);

    expect((await remove(client, link?.id ?? "")).status).toBe(204);
    await expectProblem(await remove(client, link?.id ?? ""), 404, "not_found");
    expect(await linksOf(account)).toEqual([]);
  });

  it("tells somebody else's from none by nothing, and removes nothing (A59, A93)", async () => {
    const { client: owner, account } = await signedInClient(server());
    await connect(owner, newAddress());
    const [link] = await linksOf(account);
    const { client } = await signedInClient(server());

    for (const id of [link?.id ?? "", "00000000-0000-7000-8000-000000000000", "x"]) {
      await expectProblem(await remove(client, id), 404, "not_found");
    }
    expect(await linksOf(account)).toHaveLength(1);
  });

  it("leaves the last way to sign in (A59)", async () => {
    const client = server().client();
    const email = newAddress();
    await client.get(await answerOf(await pressSignIn(client), email));
    const [link] = await linksOf({ email });

    await expectProblem(await remove(client, link?.id ?? ""), 409, "last_sign_in_method");
    expect(await linksOf({ email })).toHaveLength(1);
  });

  it("asks for a recent sign-in, and is not for visitors nor for other sites", async () => {
    const { client, account } = await signedInClient(server());
    await connect(client, newAddress());
    const id = (await linksOf(account))[0]?.id ?? "";
    await expectProblem(await remove(server().client(), id), 401, "unauthenticated");
    const headers = { origin: "https://evil.example" };
    await expectProblem(await client.request("DELETE", `/api/connections/${id}`, { headers }), 403, "cross_origin");
    ageClient(client, TEN_MINUTES_SECONDS + 1);
    await expectProblem(await remove(client, id), 403, "recent_authentication_required", {
      maxAgeSeconds: TEN_MINUTES_SECONDS,
    });

    expect(await linksOf(account)).toHaveLength(1);
  });
});
