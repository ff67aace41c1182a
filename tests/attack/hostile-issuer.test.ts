import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { createAccount } from "../support/accounts";
import { postToAuth } from "../support/auth-js";
import {
  FALSE_CLAIMS,
  FORGERIES,
  HOSTILE_CLIENT,
  type HostileIssuer,
  METADATA_PATH,
  startHostileIssuer,
} from "../support/hostile-issuer";
import { useServer } from "../support/server";

const hostile = await startHostileIssuer({ sub: "1001", email: "first@example.com" });
const other = await startHostileIssuer({ sub: "1001", email: "second@example.com" });

/** Where no request may arrive: what a redirect or a name might lead to inside a network. */
const inside = createServer((socket) => {
  arrivals += 1;
  socket.destroy();
});
let arrivals = 0;
await new Promise<void>((listening) => inside.listen(0, "127.0.0.1", listening));
const insideUrl = `http://127.0.0.1:${(inside.address() as AddressInfo).port}`;

const client = { id: HOSTILE_CLIENT.id, secret: HOSTILE_CLIENT.secret };
const server = useServer({
  ...{
    AUTH_OIDC_HOSTILE_ISSUER: hostile.issuer,
    AUTH_OIDC_HOSTILE_ID: client.id,
    AUTH_OIDC_HOSTILE_SECRET: client.secret,
  },
  ...{ AUTH_OIDC_OTHER_ISSUER: other.issuer, AUTH_OIDC_OTHER_ID: client.id, AUTH_OIDC_OTHER_SECRET: client.secret },
  // The one of Auth.js's list that takes the profile from userinfo.
  ...{ AUTH_SALESFORCE_ISSUER: hostile.issuer, AUTH_SALESFORCE_ID: client.id, AUTH_SALESFORCE_SECRET: client.secret },
});
afterEach(() => {
  for (const issuer of [hostile, other]) issuer.behave();
});
afterAll(async () => {
  await Promise.all([hostile.close(), other.close()]);
  inside.close();
});

interface Ending {
  /** Where the browser is led to in the end, without the origin. */
  readonly location: string;
  readonly client: HttpClient;
}

/** Signs in with a provider: there, where the issuer sends the browser back at once, and back here. */
async function signInWith(
  provider = "hostile",
  { issuer = hostile, answer = {} }: { issuer?: HostileIssuer; answer?: Record<string, string | null> } = {},
): Promise<Ending> {
  const browser = server().client();
  const sent = await postToAuth(browser, `/api/auth/signin/${provider}`, { callbackUrl: "/dashboard" });
  const request = new URL(sent.headers.get("location") ?? "", server().origin);
  if (request.origin === server().origin) return { location: request.pathname + request.search, client: browser };
  const parameters = new URLSearchParams();
  const truth = { code: issuer.codeFor(request), state: request.searchParams.get("state"), iss: issuer.issuer };
  for (const [name, value] of Object.entries({ ...truth, ...answer })) if (value !== null) parameters.set(name, value);
  const answered = await browser.get(`/api/auth/callback/${provider}?${parameters}`);
  const { pathname, search } = new URL(answered.headers.get("location") ?? "", server().origin);
  return { location: pathname + search, client: browser };
}

const isSignedIn = async (browser: HttpClient) => (await (await browser.get("/api/auth/session")).json()) !== null;
const reasons = async (): Promise<string[]> => {
  const rows = await server().database.query<{ reason: string }>(
    "SELECT details->>'reason' AS reason FROM audit_events WHERE kind = 'sign_in_failed' ORDER BY id",
  );
  return rows.map(({ reason }) => reason);
};

/** Expects a refusal that the person, the audit log and nobody else is told of. */
async function expectRefused(ending: Ending, error: "ProviderAnswerRefused" | "ProviderUnavailable"): Promise<void> {
  expect(new URL(ending.location, server().origin).searchParams.get("error")).toBe(error);
  expect(await isSignedIn(ending.client)).toBe(false);
  expect((await reasons()).at(-1)).toMatch(/^(?:id_token|issuer|outgoing|oauth|userinfo)_[a-z_ ]+$/);
}

describe("an ID token (A63)", () => {
  it("that is in order signs in, and goes on doing so when the issuer changes its key", async () => {
    const first = await signInWith();
    expect([first.location, await isSignedIn(first.client)]).toEqual(["/dashboard", true]);
    await hostile.rotateKey();
    expect((await signInWith()).location).toBe("/dashboard");
    expect((await signInWith("salesforce")).location).not.toContain("ProviderAnswerRefused");
  });

  it.each(Object.keys(FORGERIES))("is refused with %s", async (name) => {
    const forgery = FORGERIES[name];
    if (forgery) hostile.lie({ idToken: forgery });
    await expectRefused(await signInWith(), "ProviderAnswerRefused");
  });

  it.each(Object.keys(FALSE_CLAIMS))("is refused with %s", async (name) => {
    const lie = FALSE_CLAIMS[name];
    if (lie) hostile.lie({ claims: lie });
    await expectRefused(await signInWith(), "ProviderAnswerRefused");
  });

  it.each([
    ["another nonce", (claims: Record<string, unknown>) => ({ ...claims, nonce: "another" })],
    ["no nonce", ({ nonce: _, ...claims }: Record<string, unknown>) => claims],
  ])("is refused with %s", async (_name, lie) => {
    hostile.lie({ claims: lie });
    await expectRefused(await signInWith(), "ProviderAnswerRefused");
  });

  it("is refused where userinfo tells of somebody else", async () => {
    hostile.lie({ userinfo: (claims) => ({ ...claims, sub: "victim" }) });
    await expectRefused(await signInWith("salesforce"), "ProviderAnswerRefused");
  });
});

describe("an authorization response (A64, RFC 9207)", () => {
  it.each([
    ["names another issuer", { iss: "https://another.example" }],
    ["names none, though the issuer promised to", { iss: null }],
  ])("that %s is refused", async (_name, answer) => {
    await expectRefused(await signInWith("hostile", { answer }), "ProviderAnswerRefused");
    expect(hostile.calls("/token")).toBe(0);
  });
});

describe("another issuer (A65)", () => {
  it("that asserts the same subject signs in as somebody of its own", async () => {
    const here = await signInWith();
    const there = await signInWith("other", { issuer: other });
    const whoIs = async ({ client: browser }: Ending) =>
      ((await (await browser.get("/api/me")).json()) as { user: { email: string } }).user.email;
    expect([await whoIs(here), await whoIs(there)]).toEqual(["first@example.com", "second@example.com"]);
  });

  it("that asserts the address of somebody else is led to a question, and signs in as nobody", async () => {
    const { email } = await createAccount(server());
    other.lie({ claims: (claims) => ({ ...claims, sub: "1002", email }) });
    const ending = await signInWith("other", { issuer: other });
    expect([ending.location, await isSignedIn(ending.client)]).toEqual(["/link-account", false]);
  });
});

const redirect: RequestListener = (_, response) => void response.writeHead(302, { location: insideUrl }).end();
const answering =
  (status: number, body: string | Buffer): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(body);
const at = (path: string, answer: RequestListener) => ({ answers: { [path]: answer } });
const metadata = (members: Record<string, unknown>) => ({
  metadata: (truth: Record<string, unknown>) => ({ ...truth, ...members }),
});

describe("an issuer (A68, A69, F7)", () => {
  it.each<[string, Parameters<HostileIssuer["lie"]>[0]]>([
    ["calls itself by another name", metadata({ issuer: "https://accounts.google.com" })],
    ["has its tokens fetched without encryption", metadata({ token_endpoint: "http://issuer.example/token" })],
    ["has its keys fetched without encryption", metadata({ jwks_uri: "http://issuer.example/jwks" })],
    ["sends browsers to a script", metadata({ authorization_endpoint: "javascript:alert(1)" })],
    ["publishes no address", metadata({ token_endpoint: undefined })],
    ["publishes ten megabytes", at(METADATA_PATH, answering(200, Buffer.alloc(10_000_000, " ")))],
    ["publishes garbage", at(METADATA_PATH, answering(200, "<html>"))],
    ["answers 500", at(METADATA_PATH, answering(500, "{}"))],
    ["breaks off", at(METADATA_PATH, (request) => void request.socket.destroy())],
    ["redirects its metadata", at(METADATA_PATH, redirect)],
    ["redirects its token endpoint", at("/token", redirect)],
    ["answers 500 to the code", at("/token", answering(500, "{}"))],
  ])("that %s fails, alone and without a detour", async (_name, lies) => {
    hostile.lie(lies);
    await expectRefused(
      await signInWith(),
      lies.metadata?.({})["issuer"] ? "ProviderAnswerRefused" : "ProviderUnavailable",
    );
    expect(arrivals).toBe(0);
    expect((await signInWith("other", { issuer: other })).location).toBe("/dashboard");
  });

  it.each([
    ["redirects", redirect],
    ["answers garbage", answering(200, '{"keys":"none"}')],
    ["answers 500", answering(500, "{}")],
  ])("whose keys can't be had, since it %s, is not believed", async (_name, answer) => {
    // A key that isn't known yet, so that it is asked for.
    await other.rotateKey();
    other.lie(at("/jwks", answer));
    await expectRefused(await signInWith("other", { issuer: other }), "ProviderUnavailable");
    expect(arrivals).toBe(0);
    other.behave();
    expect((await signInWith("other", { issuer: other })).location).toBe("/dashboard");
  });

  it("that redirects its userinfo is not followed", async () => {
    hostile.lie(at("/userinfo", redirect));
    await expectRefused(await signInWith("salesforce"), "ProviderUnavailable");
    expect(arrivals).toBe(0);
  });

  it("that hangs is given up after five seconds, while the password and other providers go on working", async () => {
    hostile.lie(at(METADATA_PATH, () => {}));
    other.lie(at("/token", (_, response) => void response.writeHead(200).write("{")));
    const began = performance.now();
    const hanging = Promise.all([signInWith(), signInWith("other", { issuer: other })]);
    const { email, password } = await createAccount(server());
    expect((await server().client().post("/api/sign-in", { email, password })).status).toBe(200);
    for (const ending of await hanging) await expectRefused(ending, "ProviderUnavailable");
    expect(performance.now() - began).toBeLessThan(7_500);
  });
});

describe("what is told of it", () => {
  it("is a page with words, which names nothing that the issuer said", async () => {
    hostile.lie({ idToken: FORGERIES["a garbage signature"] });
    const { location, client: browser } = await signInWith();
    const page = await (await browser.get(location)).text();
    expect(page).toContain("We couldn&#x27;t trust your provider&#x27;s answer");
    hostile.lie(at(METADATA_PATH, answering(503, "{}")));
    const away = await signInWith();
    expect(await (await away.client.get(away.location)).text()).toContain("Your provider can&#x27;t be reached");
  });

  it("is a code in the logs, and never a token, a claim or the client secret", async () => {
    const told =
      server().output() + JSON.stringify(await server().database.query("SELECT kind, details FROM audit_events"));
    expect(told).toContain("id_token_signature");
    for (const secret of ["eyJ", "an-access-token-that-no-log-may-hold", HOSTILE_CLIENT.secret, "victim"]) {
      expect(told).not.toContain(secret);
    }
  });
});
