import { afterAll, afterEach, describe, expect, it, vi } from "vitest";

import { TEST_ENVIRONMENT } from "../support/environment";
import { METADATA_PATH, startHostileIssuer } from "../support/hostile-issuer";

const hostile = await startHostileIssuer({ sub: "1001", email: "first@example.com" });
afterEach(() => {
  hostile.behave();
  vi.unstubAllEnvs();
});
afterAll(() => hostile.close());

/** The fetch as it is where the application has this address. */
async function fetchAt(AUTH_URL: string) {
  for (const [name, value] of Object.entries({ ...TEST_ENVIRONMENT, AUTH_URL, RATE_LIMIT_SCALE: "1" }))
    vi.stubEnv(name, value);
  vi.resetModules();
  return (await import("@/providers/provider-fetch")).providerFetch;
}

const DEVELOPMENT = "http://localhost:3000";
const PRODUCTION = "https://app.example.com";
const METADATA = `${hostile.issuer}${METADATA_PATH}`;

describe("providerFetch", () => {
  it("calls an issuer on this machine for an application on this machine, and in production for none (A69)", async () => {
    expect((await (await fetchAt(DEVELOPMENT))()(METADATA)).status).toBe(200);
    const production = (await fetchAt(PRODUCTION))();
    await expect(production(METADATA)).rejects.toMatchObject({ code: "outgoing_url_refused" });
    const encrypted = METADATA.replace("http:", "https:");
    await expect(production(encrypted)).rejects.toMatchObject({ code: "outgoing_address_refused" });
  });

  it.each([
    ["an address without encryption", { jwks_uri: "http://issuer.example/jwks" }],
    ["a script for an address", { authorization_endpoint: "javascript:alert(1)" }],
    ["an address that is none", { userinfo_endpoint: "userinfo" }],
    ["no token endpoint", { token_endpoint: undefined }],
    ["no keys", { jwks_uri: undefined }],
  ])("refuses metadata with %s (A68)", async (_name, members) => {
    const fetch = (await fetchAt(DEVELOPMENT))();
    hostile.lie({ metadata: (truth) => ({ ...truth, ...members }) });
    await expect(fetch(METADATA)).rejects.toMatchObject({ code: "issuer_metadata_refused" });
  });

  it("gives Auth.js an address for userinfo where there is none, as at Apple", async () => {
    const fetch = (await fetchAt(DEVELOPMENT))();
    hostile.lie({ metadata: ({ userinfo_endpoint: _, ...truth }) => truth });
    expect(await (await fetch(METADATA)).json()).toMatchObject({ userinfo_endpoint: hostile.issuer });
  });

  it("has the issuer of the metadata mended by who knows how", async () => {
    const mend = vi.fn(() => "mended");
    const fetch = (await fetchAt(DEVELOPMENT))(mend);
    expect(await (await fetch(METADATA)).json()).toMatchObject({ issuer: "mended" });
    expect(mend).toHaveBeenCalledWith(hostile.issuer, hostile.issuer);
  });
});
