import { customFetch } from "next-auth";
import Discord from "next-auth/providers/discord";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import Entra from "next-auth/providers/microsoft-entra-id";
import Strava from "next-auth/providers/strava";
import Twitch from "next-auth/providers/twitch";
import { describe, expect, it, vi } from "vitest";

import { PROVIDER_CATALOGUE } from "@/providers/catalogue";
import { providerClient } from "@/providers/provider-client";

const OURS = { clientId: "id", clientSecret: "secret" };
const BASIC = { ...OURS, authenticationMethod: "client_secret_basic", conform: null, fetch: expect.any(Function) };

describe("providerClient", () => {
  it.each([
    ["the issuer's metadata", Google(OURS), { endpoint: { issuer: new URL("https://accounts.google.com") } }],
    [
      "those of the configured issuer",
      Google({ ...OURS, issuer: "https://sign-in.example" }),
      { endpoint: { issuer: new URL("https://sign-in.example") } },
    ],
    [
      "the provider's address",
      GitHub(OURS),
      { endpoint: { url: new URL("https://github.com/login/oauth/access_token") } },
    ],
    [
      "an address of an object, and the provider's way to authenticate",
      Strava(OURS),
      {
        endpoint: { url: new URL("https://www.strava.com/api/v3/oauth/token") },
        authenticationMethod: "client_secret_post",
      },
    ],
    [
      "an address that the app's author chose instead",
      Discord({ ...OURS, token: { url: "https://proxy.example/token", params: { tenant: "a b" } } }),
      { endpoint: { url: new URL("https://proxy.example/token?tenant=a+b") } },
    ],
    [
      "the provider's workaround for its answers",
      Twitch(OURS),
      {
        endpoint: { issuer: new URL("https://id.twitch.tv/oauth2") },
        authenticationMethod: "client_secret_post",
        conform: expect.any(Function),
      },
    ],
  ])("renews with %s", (_name, provider, expected) => {
    expect(providerClient(provider)).toEqual({ ...BASIC, ...expected });
  });

  it("uses the provider's own fetch, and one of the app's author before that", () => {
    const entra = Entra({ ...OURS, issuer: "https://login.microsoftonline.com/common/v2.0" });
    expect(providerClient(entra).fetch).toBe(entra[customFetch]);
    const own = vi.fn();
    expect(providerClient(Google({ ...OURS, [customFetch]: own })).fetch).toBe(own);
  });

  it("refuses a way to authenticate that it does not know, instead of sending the secret in another", () => {
    const client = { token_endpoint_auth_method: "private_key_jwt" };
    expect(() => providerClient(Google({ ...OURS, client }))).toThrow(
      expect.objectContaining({ code: "provider_not_renewable" }),
    );
  });

  it("finds an address for every provider of the catalogue", async () => {
    const without: string[] = [];
    for (const [id, load] of Object.entries(PROVIDER_CATALOGUE)) {
      const { default: make } = await load();
      const provider = make({
        ...OURS,
        issuer: "https://issuer.example",
        tenantId: "t",
        primaryUserFlow: "f",
      } as never);
      if (typeof provider === "function") continue;
      try {
        providerClient(provider);
      } catch {
        without.push(id);
      }
    }
    expect(without).toEqual([]);
  });
});
