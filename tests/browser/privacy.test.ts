import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount, type TestAccount } from "../support/accounts";
import { agePage } from "../support/aged-cookie";
import { describeInBrowser, expectAccessible, expectNoSidewaysScroll, useBrowser } from "../support/browser";
import { continueWithGoogle, expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { confirmPassword, signIn } from "../support/signed-in-page";

const ELEVEN_MINUTES_SECONDS = 11 * 60;

const server = useServer();
const browser = useBrowser();

async function signedIn(): Promise<{ page: Page; account: TestAccount }> {
  const account = await createAccount(server());
  return { page: await signIn(await browser.visit(server().origin), account), account };
}

/** Types the password and presses the button, with the focus where it is left. */
async function typePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
}

describeInBrowser("somebody who wants their data", () => {
  it("confirms who they are, and gets a file", async () => {
    const { page, account } = await signedIn();
    await agePage(page, ELEVEN_MINUTES_SECONDS);
    await page.goto("/settings/privacy");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole("link", { name: "Download my data" }).click();
    await confirmPassword(page, account);
    await page.getByText("You can download your data now").waitFor();

    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download my data" }).click();
    const path = await (await download).path();
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ account: { email: account.email } });
  });
});

describeInBrowser("somebody who leaves", () => {
  it("deletes the account with the keyboard alone, thinks again, and keeps it", async () => {
    const { page, account } = await signedIn();
    await page.goto("/settings/privacy");
    await page.getByRole("link", { name: "Delete my account" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "What will happen" }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await typePassword(page, "violet kettle drums past noon");
    await page.getByText("This is not your password. Nothing was deleted.").waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "password");
    await typePassword(page, account.password);

    await page.getByText("Your account is due for deletion").waitFor();
    await signInOnPage(page, account);
    await expectPath(page, "/account-restore");
    await page.getByRole("heading", { name: "Keep your account?" }).waitFor();
    await expectAccessible(page);
    await page.goto("/settings/sessions");
    await expectPath(page, "/account-restore");
    await page.getByRole("button", { name: "Keep my account" }).focus();
    await page.keyboard.press("Enter");
    await expectPath(page, "/settings/sessions");
    await page.getByText("This is your only session").waitFor();
  });

  it("decides without scripts, and lets it go", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin, { javaScriptEnabled: false });
    await signIn(page, account);
    await page.goto("/settings/privacy/delete");
    await page.getByLabel("Your password", { exact: true }).fill(account.password);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByText("Your account is due for deletion").waitFor();
    await signInOnPage(page, account);
    await page.getByRole("button", { name: "Let it be deleted, and sign out" }).click();
    await page.getByText("You are signed out").waitFor();
    const [user] = await server().database.query<{ due: boolean }>(
      "SELECT deletion_due_at IS NOT NULL AS due FROM users WHERE email = $1",
      [account.email],
    );

    expect(user?.due).toBe(true);
  });

  it("who has no password needs none, and comes back with the provider", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Grace Hopper/);
    await expectPath(page, "/dashboard");
    await page.goto("/settings/privacy/delete");
    expect(await page.getByLabel("Your password", { exact: true }).count()).toBe(0);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByText("Your account is due for deletion").waitFor();
    await continueWithGoogle(page, /Grace Hopper/);
    await expectPath(page, "/account-restore");
    await page.getByRole("button", { name: "Keep my account" }).click();

    await expectPath(page, "/dashboard");
  });
});
