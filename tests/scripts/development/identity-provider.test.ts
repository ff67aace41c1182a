import { createServer, request } from "node:http";

import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type RunningIdentityProvider, startIdentityProvider } from "@/scripts/development/identity-provider";
import { subjectOf } from "@/scripts/development/identity-provider/personas";
import { CLIENT, locationOf, REDIRECT_URI, RelyingParty } from "./relying-party";

const AFTER_SIGN_OUT = "http://localhost:3000/";
let provider: RunningIdentityProvider;

beforeAll(async () => {
  provider = await startIdentityProvider({ ...CLIENT, port: 0, postLogoutRedirectUris: [AFTER_SIGN_OUT] });
});
afterAll(() => provider.close());

const relyingParty = () => new RelyingParty(provider.issuer);
const picture = (letter: string) => `${provider.issuer}/pictures/${letter}.png`;

describe("startIdentityProvider", () => {
  it("publishes its endpoints, PKCE and the claims at the discovery address", async () => {
    const response = await fetch(`${provider.issuer}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer: provider.issuer,
      authorization_endpoint: `${provider.issuer}/auth`,
      token_endpoint: `${provider.issuer}/token`,
      userinfo_endpoint: `${provider.issuer}/me`,
      jwks_uri: `${provider.issuer}/jwks`,
      end_session_endpoint: `${provider.issuer}/session/end`,
      revocation_endpoint: `${provider.issuer}/token/revocation`,
      code_challenge_methods_supported: ["S256"],
      id_token_signing_alg_values_supported: ["RS256"],
      scopes_supported: ["openid", "offline_access", "email", "profile"],
    });
  });

  it.each([
    {
      choice: "ada",
      claims: { email: "ada@example.com", email_verified: true, name: "Ada Lovelace" },
      sub: "ada@example.com",
      letter: "A",
    },
    {
      choice: "grace",
      claims: { email: "grace@example.com", email_verified: true, name: "Grace Hopper" },
      sub: "grace@example.com",
      letter: "G",
    },
    {
      choice: "charles",
      claims: { email: "charles@example.com", email_verified: false, name: "Charles Babbage" },
      sub: "charles@example.com",
      letter: "C",
    },
    { choice: "no-email", claims: { name: "Someone" }, sub: "someone without an e-mail", letter: "S" },
  ])(
    "signs in $choice: a signed ID token and userinfo with the same claims",
    async ({ choice, claims, sub, letter }) => {
      const app = relyingParty();
      const callback = await app.authorize({ choice }, { nonce: "the-nonce" });
      expect(callback.origin + callback.pathname).toBe(REDIRECT_URI);
      expect(callback.searchParams.get("state")).toBe("the-state");

      const tokens = await app.redeem(callback);
      const jwks = createRemoteJWKSet(new URL("/jwks", provider.issuer));
      const { payload } = await jwtVerify(tokens.id_token, jwks, {
        issuer: provider.issuer,
        audience: CLIENT.clientId,
        algorithms: ["RS256"],
      });
      const person = { ...claims, sub: subjectOf(sub), picture: picture(letter) };
      const { sub: subject, name, email, email_verified, picture: image, nonce } = payload;
      expect({ sub: subject, name, email, email_verified, picture: image, nonce }).toEqual({
        ...{ email: undefined, email_verified: undefined },
        ...person,
        nonce: "the-nonce",
      });

      const userinfo = await fetch(new URL("/me", provider.issuer), {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
      expect(await userinfo.json()).toEqual(person);
    },
  );

  it("takes consent refused back to the app as access_denied, with the state", async () => {
    const callback = await relyingParty().authorize({ choice: "refuse" });
    expect(Object.fromEntries(callback.searchParams)).toEqual({
      error: "access_denied",
      error_description: "The person refused consent.",
      state: "the-state",
      iss: provider.issuer,
    });
  });

  it("signs in whoever is typed, with the same subject however the e-mail is capitalised, after a restart too", async () => {
    const app = relyingParty();
    const typed = { choice: "typed", name: '<b>Mary & "Co"</b>', email: " Mary@Example.com ", verified: "yes" };
    const { id_token } = await app.redeem(await app.authorize(typed));
    expect(decodeJwt(id_token)).toMatchObject({
      sub: subjectOf("mary@example.com"),
      name: '<b>Mary & "Co"</b>',
      email: "Mary@Example.com",
      email_verified: true,
      picture: picture("X"),
    });

    const other = await startIdentityProvider({ ...CLIENT, port: 0 });
    const restarted = new RelyingParty(other.issuer);
    const again = await restarted.redeem(
      await restarted.authorize({ choice: "typed", name: "", email: "mary@example.com" }),
    );
    await other.close();
    const claims = decodeJwt(again.id_token);
    expect(claims).toMatchObject({ sub: subjectOf("mary@example.com"), email_verified: false });
    expect(claims).not.toHaveProperty("name");
  });

  it("always asks, also who has signed in before, and lets them be somebody else without a sign-out", async () => {
    const app = relyingParty();
    await app.authorize({ choice: "ada" });
    const { id_token } = await app.redeem(await app.authorize({ choice: "grace" }));
    expect(decodeJwt(id_token)["email"]).toBe("grace@example.com");
    const silent = new URL(locationOf(await app.visit(app.authorizationUrl({ prompt: "none" })), provider.issuer));
    expect(silent.searchParams.get("error")).toBe("login_required");
  });

  it.each([
    { way: "Google's", extra: { access_type: "offline", prompt: "consent" } },
    { way: "OpenID Connect's", extra: { scope: "openid email profile offline_access", prompt: "consent" } },
  ])(
    "gives a refresh token asked for in $way way; each works once, and a second use ends them all",
    async ({ extra }) => {
      const app = relyingParty();
      const first = await app.redeem(await app.authorize({ choice: "ada" }, extra));
      expect(first.refresh_token).toBeDefined();

      const refreshed = await app.refresh(first.refresh_token);
      expect(refreshed.status).toBe(200);
      const second = (await refreshed.json()) as { refresh_token: string; id_token: string };
      expect(second.refresh_token).not.toBe(first.refresh_token);
      expect(decodeJwt(second.id_token)["sub"]).toBe(subjectOf("ada@example.com"));

      for (const token of [first.refresh_token, second.refresh_token]) {
        const refused = await app.refresh(token);
        expect(refused.status).toBe(400);
        expect(await refused.json()).toMatchObject({ error: "invalid_grant" });
      }
    },
  );

  it("gives no refresh token that was not asked for", async () => {
    const app = relyingParty();
    expect(await app.redeem(await app.authorize({ choice: "ada" }))).not.toHaveProperty("refresh_token");
  });

  it("redeems a code once, and only with its verifier", async () => {
    const app = relyingParty();
    const code = (await app.authorize({ choice: "ada" })).searchParams.get("code") ?? "";
    const redeemWith = (code_verifier: string) =>
      app.requestTokens({ grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, code_verifier });
    expect((await redeemWith("x".repeat(43))).status).toBe(400);
    expect((await redeemWith(app.codeVerifier)).status).toBe(200);
    expect((await redeemWith(app.codeVerifier)).status).toBe(400);
  });

  it("refuses a request without PKCE", async () => {
    const app = relyingParty();
    const response = await app.visit(
      app.authorizationUrl({ code_challenge: undefined, code_challenge_method: undefined }),
    );
    expect(new URL(locationOf(response, provider.issuer)).searchParams.get("error")).toBe("invalid_request");
  });

  it("never redirects to an address that is not registered", async () => {
    const response = await relyingParty().visit(
      relyingParty().authorizationUrl({ redirect_uri: "http://localhost:3000/elsewhere" }),
    );
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain("invalid_redirect_uri");
  });

  it("signs out at its end_session endpoint and goes back to the app", async () => {
    const app = relyingParty();
    const { id_token } = await app.redeem(await app.authorize({ choice: "ada" }));
    const url = new URL("/session/end", provider.issuer);
    url.search = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: AFTER_SIGN_OUT }).toString();
    const page = await (await app.visit(url)).text();
    expect(page).toContain("Sign out here?");
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const done = await app.visit(`${provider.issuer}/session/end/confirm`, {
      method: "POST",
      body: new URLSearchParams({ xsrf, logout: "yes" }),
    });
    expect(locationOf(done, provider.issuer)).toBe(AFTER_SIGN_OUT);
  });

  it("serves the picture of its claims", async () => {
    const response = await fetch(picture("A"));
    expect(response.headers.get("content-type")).toBe("image/png");
    expect((await fetch(`${provider.issuer}/pictures/..%2Fa.svg`)).status).toBe(404);
  });

  it("turns away a request under another host name (DNS rebinding)", async () => {
    const { hostname, port } = new URL(provider.issuer);
    const status = await new Promise((resolve, reject) => {
      const options = { hostname, port, path: "/.well-known/openid-configuration", headers: { host: "evil.example" } };
      request(options, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it("listens on loopback alone, on a port that is free on all of it", async () => {
    const { port } = new URL(provider.issuer);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(421);
    const taken = createServer();
    await expect(
      new Promise((resolve, reject) => {
        taken.once("error", reject).listen(Number(port), "127.0.0.1", () => resolve("free"));
      }),
    ).rejects.toMatchObject({ code: "EADDRINUSE" });
    await expect(startIdentityProvider({ ...CLIENT, port: Number(port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
