import { expect, it } from "vitest";

import { createAccount, type TestAccount } from "../support/accounts";
import { agePage } from "../support/aged-cookie";
import { describeInBrowser, expectAccessible, useBrowser, type Visitor } from "../support/browser";
import { continueWithGoogle, expectPath } from "../support/person";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";
import { confirmPassword, STALENESS_MS, signIn } from "../support/signed-in-page";

const TWO_HOURS_SECONDS = 2 * 60 * 60;

// What it writes concerns everybody in the database.
const server = useServer({}, { own: true });
const browser = useBrowser();

const signedIn = async (account: TestAccount, visitor: Visitor = {}) =>
  signIn(await browser.visit(server().origin, visitor), account);

describeInBrowser("somebody who signed in long ago", () => {
  it("confirms the password to end all others, and is back at the question", async () => {
    const account = await createAccount(server());
    const page = await signedIn(account);
    await signedIn(account);
    await agePage(page, TWO_HOURS_SECONDS);
    await page.goto("/settings/sessions");
    await page.getByRole("button", { name: "End all other sessions" }).click();
    await page.getByRole("button", { name: "End it" }).click();
    await expectPath(page, "/re-authenticate");

    await page.getByLabel("Password", { exact: true }).fill("not the right passphrase");
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "don't go together" }).waitFor();
    await confirmPassword(page, account);
    await page.getByRole("alertdialog", { name: "End the other session?" }).waitFor();
    await page.getByRole("button", { name: "End it" }).click();
    await page.getByText("all sessions but this one").waitFor();
    await page.getByText("This is your only session").waitFor();
  });

  it("confirms it to look inside the cookie", async () => {
    const account = await createAccount(server());
    const page = await signedIn(account);
    await agePage(page, TWO_HOURS_SECONDS);
    await page.goto("/settings/sessions");
    await page.getByRole("link", { name: "What your session cookie says" }).click();
    await confirmPassword(page, account);
    await expectPath(page, "/settings/sessions/details");

    const session = (await page.context().cookies()).find(({ name }) => name === SESSION_COOKIE);
    const text = await page.getByRole("main").textContent();
    expect(text).toContain(`${SESSION_COOKIE.length + 1 + (session?.value.length ?? 0)} bytes`);
    expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(await page.content()).not.toContain(session?.value.slice(0, 40));
  });

  it("confirms it with their provider, which asks again", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Grace Hopper/);
    await expectPath(page, "/dashboard");
    await agePage(page, TWO_HOURS_SECONDS);
    await page.goto("/settings/sessions/details");
    await expectPath(page, "/re-authenticate");
    expect(await page.getByLabel("Password", { exact: true }).count()).toBe(0);
    await page.getByRole("button", { name: "Confirm with Google" }).click();
    await page.getByRole("heading", { name: /^Who signs in/ }).waitFor();
    await page.getByRole("button", { name: /Grace Hopper/ }).click();

    await expectPath(page, "/settings/sessions/details");
    await page.getByRole("heading", { name: "How long it holds" }).waitFor();
  });

  it("still signs out from the page that would ask", async () => {
    const account = await createAccount(server());
    const page = await signedIn(account);
    await page.goto("/settings/sessions/details");
    await page.getByRole("heading", { name: "How long it holds" }).waitFor();
    await agePage(page, TWO_HOURS_SECONDS);
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();

    await page.getByText("You are signed out").waitFor();
  });
});

describeInBrowser("somebody whose provider wants consent again", () => {
  it("is told so on every page, and led to the provider", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Alan Turing|Ada Lovelace/);
    await expectPath(page, "/dashboard");
    expect(await page.getByRole("region", { name: "Connections" }).count()).toBe(0);
    await server().database.query(
      `INSERT INTO provider_tokens (account_id, sealed_tokens, needs_consent_at, updated_at)
       SELECT id, '\\x00', now(), now() FROM accounts
       ON CONFLICT (account_id) DO UPDATE SET needs_consent_at = now()`,
    );
    await server().database.query("UPDATE users SET claims_version = claims_version + 1");
    await server().database.query(
      "INSERT INTO revocation_feed (user_id, claims_version) SELECT id, claims_version FROM users",
    );
    await page.waitForTimeout(STALENESS_MS);
    await page.goto("/profile");
    await page.getByText("Google needs your consent again.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Reconnect Google" }).click();

    // In the very session, which the way to the provider and back leaves as it is.
    const sessions = () => server().database.query("SELECT id FROM sessions");
    const before = await sessions();
    await page
      .getByRole("button", { name: /Alan Turing|Ada Lovelace/ })
      .first()
      .click();
    await page.getByRole("status").filter({ hasText: "up to date again" }).waitFor();
    expect(await sessions()).toEqual(before);
    expect(await page.getByText("needs your consent again").count()).toBe(0);
  });
});
