import { UnsecuredJWT } from "jose";
import { customFetch } from "next-auth";
import type { Provider } from "next-auth/providers";
import Entra from "next-auth/providers/microsoft-entra-id";
import TikTok from "next-auth/providers/tiktok";
import { describe, expect, it, vi } from "vitest";

import { PROVIDER_CATALOGUE } from "@/providers/catalogue";
import { hardenProvider } from "@/providers/harden-provider";
import { fillInTenant, microsoftIssuer } from "@/providers/microsoft";

const OURS = { clientId: "id", clientSecret: "secret", issuer: "https://issuer.example" };
const COMMON = "https://login.microsoftonline.com/common/v2.0";
const TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

describe("hardenProvider", () => {
  it("has every OpenID Connect provider of the catalogue called by our fetch alone", async () => {
    const own: string[] = [];
    for (const [id, load] of Object.entries(PROVIDER_CATALOGUE)) {
      const make = (await load()).default as (options: object) => Exclude<Provider, () => unknown>;
      const before = (make(OURS) as { [customFetch]?: unknown })[customFetch];
      const after = (hardenProvider(make(OURS)) as { [customFetch]?: unknown })[customFetch];
      if (typeof after !== "function" || (before && String(after) === String(before))) own.push(id);
    }
    expect(own).toEqual(["tiktok"]);
    expect(TikTok(OURS).type).toBe("oauth");
  });

  it("downloads no photograph from Microsoft", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const { profile } = hardenProvider(Entra({ ...OURS, issuer: COMMON })) as {
      profile: (claims: object, tokens: object) => unknown;
    };
    const claims = { sub: "1", name: "Somebody", email: "somebody@example.com", picture: "https://evil.example" };
    expect(await profile(claims, { access_token: "A" })).toEqual({
      ...{ id: "1", name: "Somebody", email: "somebody@example.com", image: null },
    });
    expect(fetched).not.toHaveBeenCalled();
  });

  it("gives up on code of a provider's own that hangs", async () => {
    const hanging = { id: "hangs", name: "Hangs", type: "oauth", userinfo: { request: () => new Promise(() => {}) } };
    const { userinfo } = hardenProvider(hanging as never) as unknown as typeof hanging;
    await expect(userinfo.request()).rejects.toMatchObject({ code: "outgoing_timed_out" });
  });
});

describe("Microsoft's tenants", () => {
  const template = "https://login.microsoftonline.com/{tenantid}/v2.0";

  it("are filled into the template where all may sign in, and nowhere else", () => {
    expect(fillInTenant(template, COMMON)).toBe(COMMON);
    const another = "https://login.evil.example/common/v2.0";
    expect(fillInTenant(template, another)).toBe(template);
    expect(fillInTenant("https://evil.example", COMMON)).toBe("https://evil.example");
  });

  it.each([
    ["one tenant's token", COMMON, { tid: TENANT }, `https://login.microsoftonline.com/${TENANT}/v2.0`],
    ["a token without tenant", COMMON, {}, COMMON],
    ["a tenant that is a path", COMMON, { tid: "../../evil.example" }, COMMON],
    [
      "a token of another tenant than the configured one",
      "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
      { tid: TENANT },
      "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
    ],
  ])("decide who the issuer of %s has to be", (_name, configured, claims, issuer) => {
    const token = new UnsecuredJWT(claims).encode();
    expect(microsoftIssuer(new URL(configured), token).href).toBe(issuer);
  });
});
