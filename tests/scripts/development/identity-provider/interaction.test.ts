import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type RunningIdentityProvider, startIdentityProvider } from "@/scripts/development/identity-provider";
import { CLIENT, RelyingParty } from "../relying-party";

let provider: RunningIdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider({ ...CLIENT, port: 0 });
});
afterAll(() => provider.close());

describe("handleInteraction", () => {
  it("says what it is, offers every persona, and allows no script", async () => {
    const app = new RelyingParty(provider.issuer);
    const response = await app.visit(await app.openChoice());
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://localhost:3000");
    expect(policy).not.toContain("script-src");

    const page = await response.text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain("<strong>Development identity provider</strong> – stands in for Google on this machine");
    const choices = [...page.matchAll(/name="choice" value="([^"]+)"/g)].map((match) => match[1]);
    expect(choices).toEqual(["ada", "grace", "charles", "no-email", "refuse", "typed"]);
  });

  it("fills the form from a login hint, escaped, and still signs nobody in", async () => {
    const app = new RelyingParty(provider.issuer);
    const response = await app.visit(await app.openChoice({ login_hint: `"><script>alert(1)</script>` }));
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(page).not.toContain("<script");
  });

  it.each([
    "",
    "mary",
    "mary@",
    "a@example.com, b@example.com",
    "a@example.com\r\nbcc: b@example.com",
    `${"a".repeat(260)}@example.com`,
  ])("refuses %j as an e-mail, says so at the field, and keeps what was typed", async (email) => {
    const app = new RelyingParty(provider.issuer);
    const response = await app.choose(await app.openChoice(), { choice: "typed", name: "<i>Mary</i>", email });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('aria-invalid="true" aria-describedby="email-problem"');
    expect(page).toContain('id="email-problem" class="problem" role="alert"');
    expect(page).toContain('value="&lt;i&gt;Mary&lt;/i&gt;"');
  });

  it("refuses a choice that it did not offer", async () => {
    const app = new RelyingParty(provider.issuer);
    expect((await app.choose(await app.openChoice(), { choice: "admin" })).status).toBe(400);
  });

  it("answers a stranger's or an expired interaction with a way out instead of an error", async () => {
    const choicePage = await new RelyingParty(provider.issuer).openChoice();
    const stranger = await new RelyingParty(provider.issuer).choose(choicePage, { choice: "ada" });
    expect(stranger.status).toBe(400);
    expect(await stranger.text()).toContain("Go back to the app and start again.");
  });

  it("refuses other methods, and a form that is far too long", async () => {
    const app = new RelyingParty(provider.issuer);
    const choicePage = await app.openChoice();
    expect((await app.visit(choicePage, { method: "DELETE" })).status).toBe(405);
    expect((await app.choose(choicePage, { choice: "typed", name: "x".repeat(20_000) })).status).toBe(400);
  });
});
