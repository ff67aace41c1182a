import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startEmbeddedServices } from "@/scripts/development/embedded-services";
import { freePort } from "@/scripts/development/free-port";

const AUTH_URL = "http://localhost:3000";
let folder: string;
let issuer: string;
let services: Awaited<ReturnType<typeof startEmbeddedServices>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-services-"));
  const port = await freePort();
  issuer = `http://localhost:${port}`;
  writeFileSync(join(folder, "identity-provider.port"), String(port));
  const settings = {
    AUTH_URL,
    // Set, so that only the identity provider starts.
    DATABASE_URL: "postgres://nobody@localhost/none",
    EMAIL_SERVER: "smtp://localhost",
    AUTH_OIDC_ACME_CORP_ISSUER: issuer,
    AUTH_OIDC_ACME_CORP_ID: "latchkey-development",
    AUTH_OIDC_ACME_CORP_SECRET: "latchkey-development-only",
    AUTH_OIDC_ELSEWHERE_ISSUER: "https://issuer.example",
    AUTH_OIDC_ELSEWHERE_ID: "elsewhere",
    AUTH_OIDC_ELSEWHERE_SECRET: "elsewhere",
  };
  services = await startEmbeddedServices({ settings, dataFolder: folder });
});
afterAll(async () => {
  await services.stop();
  rmSync(folder, { recursive: true });
});

/** The status of an authorization request whose answer is to go to this provider's callback. */
async function authorize(providerId: string): Promise<number> {
  const url = new URL("/auth", issuer);
  const redirectUri = `${AUTH_URL}/api/auth/callback/${providerId}`;
  const asked = {
    client_id: "latchkey-development",
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid",
  };
  const pkce = { code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" };
  url.search = new URLSearchParams({ ...asked, ...pkce }).toString();
  return (await fetch(url, { redirect: "manual" })).status;
}

describe("startEmbeddedServices", () => {
  it("brings what is missing, and leaves alone what the settings name", () => {
    expect(services.environment).toMatchObject({
      DATABASE_URL: "postgres://nobody@localhost/none",
      EMAIL_SERVER: "smtp://localhost",
      AUTH_GOOGLE_ISSUER: issuer,
      LATCHKEY_DEV_IDENTITY_PROVIDER: issuer,
    });
    expect(services.environment).not.toHaveProperty("LATCHKEY_DEV_MAILBOX");
  });

  it.each([
    ["google", 303],
    ["acme-corp", 303],
    ["elsewhere", 400],
    ["acme", 400],
  ])("lets the identity provider answer to %s with %i", async (providerId, status) => {
    expect(await authorize(providerId)).toBe(status);
  });
});
