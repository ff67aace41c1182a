import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount, storeAccount, type TestAccount } from "../support/accounts";
import { describeInBrowser, expectAccessible, expectNoSidewaysScroll, useBrowser } from "../support/browser";
import { expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

const MAX_TABS = 40;

const server = useServer();
const browser = useBrowser();

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    });
    if (name.test(focused.trim())) return;
  }
  throw new Error(`Tab does not lead to ${name}.`);
}

describeInBrowser("security activity", () => {
  it("leads from “This wasn't me” through the end of all sessions to what is left to do, by keyboard alone", async () => {
    const account: TestAccount = await createAccount(server());
    const thief = server().client();
    const { email, password } = account;
    expect((await thief.post("/api/sign-in", { email, password })).status).toBe(200);
    const page = await signIn(await browser.visit(server().origin), account);
    await page.goto("/settings/security");
    await page.getByText("Signed in with your password").first().waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await tabTo(page, /^This wasn't me: Signed in/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "What happens when you go on" }).waitFor();
    await page.getByText("It is about the session that you are in now").waitFor();
    await expectAccessible(page);
    await tabTo(page, /^End all sessions$/);
    await page.keyboard.press("Enter");

    await expectPath(page, "/sign-in");
    await page.getByText("All sessions of your account have ended.").waitFor();
    expect((await thief.get("/api/me")).status).toBe(401);
    await signInOnPage(page, account);
    await expectPath(page, "/settings/security/checklist");
    const step = (title: string) => page.getByRole("listitem").filter({ hasText: title }).textContent();
    expect(await step("Sign in again")).toContain("Done");
    expect(await step("Choose a new password")).toContain("To do");
    expect(await step("Is this your e-mail address?")).toContain(account.email);
    await expectAccessible(page);
  });

  it("is turned page by page, without scripts, and says where it ends", async () => {
    const account = await createAccount(server(), { password: "another kettle of violet drums" });
    const page = await signIn(await browser.visit(server().origin, { javaScriptEnabled: false, width: 390 }), account);
    await page.goto("/settings/security/activity");
    expect(await page.getByRole("navigation", { name: "Pages" }).count()).toBe(0);
    await server().database.query(
      `INSERT INTO audit_events (kind, user_id, user_agent, ip, details) SELECT 'sign_in_failed', id, '<b>x</b>' || repeat('y', 390), '2001:db8::1', '{"method":"password","reason":"invalid_credentials"}'
       FROM users, generate_series(1, 25) WHERE email = $1`,
      [account.email],
    );

    await page.goto("/settings/security/activity");
    await expectNoSidewaysScroll(page);
    await page.getByRole("link", { name: "Older" }).click();
    await expectPath(page, "/settings/security/activity");
    await page.getByText("Signed in with your password").waitFor();
    expect(await page.getByText("A sign-in was refused: wrong password").count()).toBe(5);
    await page.getByRole("link", { name: "Newer" }).click();
    await page.getByRole("link", { name: "Older" }).waitFor();
  });

  it("offers no checklist where nothing was reported, and names nobody else's sign-in", async () => {
    const account = await createAccount(server());
    const page = await signIn(await browser.visit(server().origin), account);
    await page.goto("/settings/security/checklist");
    await expectPath(page, "/settings/security");

    const stranger = await storeAccount(server().database, { ...account, email: `s-${account.email}` });
    await server().database.query(
      "INSERT INTO audit_events (kind, user_id, session_id, ip) VALUES ('signed_in', $1, $1, '198.51.100.9')",
      [stranger],
    );
    await page.goto(`/settings/security/report?session=${stranger}`);
    await page.getByRole("button", { name: "End all sessions" }).waitFor();
    expect(await page.getByText("198.51.100.9").count()).toBe(0);
  });
});
