import { afterAll, describe, expect, it } from "vitest";
import { type HttpClient, newHttpClient } from "@/attack/http-client";
import { flowCookieName } from "@/features/provider-flow/flow-cookie";
import { openFlowState } from "@/features/provider-flow/flow-state";
import { type RunningIdentityProvider, startIdentityProvider } from "@/scripts/development/identity-provider";
import { newAddress } from "../support/accounts";
import { postToAuth } from "../support/auth-js";
import { ageFlow, answerAs, beginFlow, flowCookiesOf, targetOf } from "../support/provider-flow";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";

const FLOW_LIFETIME_SECONDS = 15 * 60;
const MAX_FLOW_BYTES = 2048;

let second: RunningIdentityProvider | null = null;
const server = useServer(async (origin) => {
  const client = { clientId: "latchkey-second", clientSecret: "latchkey-second-only" };
  const redirectUris = [`${origin}/api/auth/callback/second`, `${origin}/api/auth/callback/third`];
  second = await startIdentityProvider({ port: 0, redirectUris, ...client });
  const variables = { ID: client.clientId, SECRET: client.clientSecret, ISSUER: second.issuer };
  return Object.fromEntries(
    ["SECOND", "THIRD"].flatMap((name) =>
      Object.entries(variables).map(([part, value]) => [`AUTH_OIDC_${name}_${part}`, value]),
    ),
  );
});
afterAll(() => second?.close());

const target = async (response: Response | Promise<Response>) => targetOf(await response, server().origin);
const pathOf = ({ pathname, search }: URL) => pathname + search;
const signedInAs = async (client: HttpClient) =>
  ((await (await client.get("/api/me")).json()) as { user?: { email: string } }).user?.email;
const BROKEN = "/auth-error?error=InvalidCheck";

describe("flows that one browser has under way", () => {
  it("each end where they were to lead to, in two tabs, at two providers, and twice at one", async () => {
    const client = server().client();
    const begun = [
      { provider: "google", path: "/profile?tab=1" },
      { provider: "second", path: "/settings/sessions" },
      { provider: "google", path: "/settings/security" },
      { provider: "second", path: "/dashboard" },
    ].map((flow) => ({ ...flow, email: newAddress() }));
    const answers: string[] = [];
    for (const { provider, path, email } of begun) {
      answers.push(await answerAs(await beginFlow(client, provider, path), email));
    }
    // Not in the order in which they began.
    for (const index of [2, 0, 3, 1]) {
      const { path, email } = begun[index] ?? { path: "", email: "" };
      expect(pathOf(await target(client.get(answers[index] ?? "")))).toBe(path);
      expect(await signedInAs(client)).toBe(email);
    }
    expect(flowCookiesOf(client)).toEqual([]);
  });

  it("are as many as fit into 2 KB of each request: the oldest makes room", async () => {
    const client = server().client();
    const addresses: URL[] = [];
    for (let count = 0; count < 10; count++) addresses.push(await beginFlow(client, "google", "/profile"));

    const sent = flowCookiesOf(client).map((name) => `${name}=${client.cookies.get(name)}; `);
    expect([sent.length, sent.join("").length < MAX_FLOW_BYTES]).toEqual([6, true]);
    const [first, last] = [addresses[0] as URL, addresses[9] as URL];
    expect((await target(client.get(await answerAs(first, newAddress())))).origin).toBe(server().issuer);
    expect(pathOf(await target(client.get(await answerAs(last, newAddress()))))).toBe("/profile");
  });

  it("leave none of Auth.js's shared cookies in the browser, and take none from it (A75)", async () => {
    const client = server().client();
    client.cookies.set("authjs.callback-url", encodeURIComponent(`${server().origin}/settings/privacy`));
    client.cookies.set("authjs.state", "planted");
    const answer = await answerAs(await beginFlow(client, "google", "/profile"), newAddress());
    client.cookies.set("authjs.callback-url", encodeURIComponent("https://evil.example"));

    expect(pathOf(await target(client.get(answer)))).toBe("/profile");
    const names = [...client.cookies.keys()].filter((name) => /pkce|state|nonce/.test(name));
    expect(names).toEqual(["authjs.state"]);
    expect(client.cookies.get("authjs.state")).toBe("planted");
  });

  it("begin for Auth.js's browser client as well, which asks for the address as JSON", async () => {
    const client = server().client();
    const { csrfToken } = (await (await client.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const response = await client.request("POST", "/api/auth/signin/google", {
      body: new URLSearchParams({ csrfToken, callbackUrl: "/profile" }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", "x-auth-return-redirect": "1" },
    });
    const { url } = (await response.json()) as { url: string };

    expect([response.status, response.headers.get("location")]).toEqual([200, null]);
    expect(pathOf(await target(client.get(await answerAs(new URL(url), newAddress()))))).toBe("/profile");
  });

  it("begin by no GET, and by no POST without Auth.js's token (A61)", async () => {
    const client = server().client();
    const got = await target(client.get("/api/auth/signin/google?callbackUrl=/profile"));
    const posted = await target(client.request("POST", "/api/auth/signin/google", { body: "" }));

    expect([got.origin, posted.origin]).toEqual([server().origin, server().origin]);
    expect(flowCookiesOf(client)).toEqual([]);
  });
});

describe("a provider's answer", () => {
  it("that an attacker got begins no session in another browser, only a flow of its own (A61, A71)", async () => {
    const attacker = server().client();
    const victim = server().client();
    const answer = await answerAs(await beginFlow(attacker, "google", "/profile"), newAddress());
    const again = await target(victim.get(answer));

    // Whoever is signed in there is asked: nobody is signed in here who didn't mean to be.
    expect([again.origin, again.searchParams.get("prompt")]).toEqual([server().issuer, "login"]);
    expect(again.href).not.toContain(new URL(answer, server().origin).searchParams.get("code"));
    expect(victim.cookies.has(SESSION_COOKIE)).toBe(false);
    expect(flowCookiesOf(victim)).toHaveLength(1);
    const email = newAddress();
    expect(pathOf(await target(victim.get(await answerAs(again, email))))).toBe("/profile");
    expect(await signedInAs(victim)).toBe(email);
  });

  it("restarts its flow once, and is explained the second time: a browser without cookies never loops", async () => {
    const begun = await beginFlow(server().client(), "google");
    const again = await target(
      server()
        .client()
        .get(await answerAs(begun, newAddress())),
    );
    const answer = await answerAs(again, newAddress());

    for (const client of [server().client(), server().client()]) {
      expect(pathOf(await target(client.get(answer)))).toBe(BROKEN);
    }
  });

  it("with a state that is missing, altered, made up, or given twice is refused (A61)", async () => {
    const client = server().client();
    const answer = new URL(await answerAs(await beginFlow(client, "google"), newAddress()), server().origin);
    const state = answer.searchParams.get("state") ?? "";
    const altered = `${state.slice(0, -4)}${state.endsWith("AAAA") ? "BBBB" : "AAAA"}`;
    for (const states of [[], [altered], ["x"], [state, state], [state, altered], [altered, state]]) {
      const forged = new URL(answer);
      forged.searchParams.delete("state");
      for (const one of states) forged.searchParams.append("state", one);
      expect(pathOf(await target(client.get(pathOf(forged))))).toBe(BROKEN);
    }
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    // None of them used the flow up.
    expect(pathOf(await target(client.get(pathOf(answer))))).toBe("/dashboard");
  });

  it("to a flow at another provider is refused, also where both are one issuer and one client (A64)", async () => {
    const client = server().client();
    for (const [from, to] of [
      ["google", "second"],
      ["second", "third"],
    ] as const) {
      const answer = await answerAs(await beginFlow(client, from), newAddress());
      const crossed = answer.replace(`/callback/${from}`, `/callback/${to}`);
      expect(pathOf(await target(client.get(crossed)))).toBe(BROKEN);
    }
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
  });

  it("is not taken with another flow's cookie, nor with an attacker's code in one's own flow (A62, A64)", async () => {
    const client = server().client();
    const attacker = server().client();
    const [mine, other] = [await beginFlow(client, "google"), await beginFlow(client, "google")];
    const idOf = (address: URL) => openFlowState(address.searchParams.get("state") ?? "")?.id ?? "";
    const swapped = newHttpClient(server().origin, client.cookies);
    swapped.cookies.set(flowCookieName(idOf(mine)), client.cookies.get(flowCookieName(idOf(other))) ?? "");
    const answer = await answerAs(mine, newAddress());
    expect((await target(swapped.get(answer))).origin).toBe(server().issuer);

    const injected = new URL(answer, server().origin);
    const attackers = new URL(await answerAs(await beginFlow(attacker, "google"), newAddress()), server().origin);
    injected.searchParams.set("code", attackers.searchParams.get("code") ?? "");
    expect((await target(client.get(pathOf(injected)))).pathname).toBe("/auth-error");
    for (const one of [client, swapped]) expect(one.cookies.has(SESSION_COOKIE)).toBe(false);
  });

  it("works once, also for a browser that kept its cookies, and of fifty at the same time (A61)", async () => {
    const client = server().client();
    const email = newAddress();
    const answer = await answerAs(await beginFlow(client, "google"), email);
    const copies = Array.from({ length: 50 }, () => newHttpClient(server().origin, client.cookies));
    await Promise.all(copies.map((copy) => copy.get(answer)));

    expect(copies.filter((copy) => copy.cookies.has(SESSION_COOKIE))).toHaveLength(1);
    expect((await target(client.get(answer))).origin).toBe(server().issuer);
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    const sessions = await server().database.query(
      "SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1",
      [email],
    );
    expect(sessions).toHaveLength(1);
  });

  it("given twice leads whom the first one signed in on", async () => {
    const client = server().client();
    const answer = await answerAs(await beginFlow(client, "google", "/profile"), newAddress());
    await client.get(answer);

    expect(pathOf(await target(client.get(answer)))).toBe("/profile");
  });

  it("that comes after 15 minutes begins the flow anew, for the same provider and path (A61)", async () => {
    const client = server().client();
    const answerAfter = async (seconds: number) =>
      ageFlow(client, await answerAs(await beginFlow(client, "second", "/profile"), newAddress()), seconds);
    const late = await answerAfter(FLOW_LIFETIME_SECONDS);
    const again = await target(client.get(late));

    expect([again.origin, again.searchParams.get("prompt")]).toEqual([second?.issuer, null]);
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    expect(pathOf(await target(client.get(await answerAs(again, newAddress()))))).toBe("/profile");

    const inTime = await answerAfter(FLOW_LIFETIME_SECONDS - 20);
    expect(pathOf(await target(client.get(inTime)))).toBe("/profile");
  });

  it("that says no is explained and asked for no second time", async () => {
    for (const client of [server().client(), server().client()]) {
      const state = (await beginFlow(client, "google")).searchParams.get("state") ?? "";
      const refusal = `/api/auth/callback/google?${new URLSearchParams({ error: "access_denied", state, iss: server().issuer })}`;
      // The first is explained by Auth.js, whose sign-in page leads on to where the others are.
      expect(pathOf(await target(client.get(refusal)))).toBe("/sign-in?error=OAuthCallbackError");
      for (const one of [client, server().client()]) {
        expect(pathOf(await target(one.get(refusal)))).toBe("/auth-error?error=OAuthCallbackError");
      }
      expect(flowCookiesOf(client)).toEqual([]);
    }
  });

  it("asked for by HEAD, or brought by a form, does nothing (A73)", async () => {
    const client = server().client();
    const answer = await answerAs(await beginFlow(client, "google"), newAddress());
    await client.request("HEAD", answer);
    const [path = "", query = ""] = answer.split("?");
    await postToAuth(client, path, Object.fromEntries(new URLSearchParams(query)));

    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    expect(pathOf(await target(client.get(answer)))).toBe("/dashboard");
  });
});
