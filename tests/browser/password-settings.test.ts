import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount } from "../support/accounts";
import { agePage } from "../support/aged-cookie";
import { describeInBrowser, expectAccessible, expectGoodInEachLook, useBrowser } from "../support/browser";
import { continueWithGoogle, expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

const NEW_PASSWORD = "seven quiet lanterns over water";
const PAGE = "/settings/security/password";

const server = useServer();
const browser = useBrowser();

const isFocused = (page: Page, label: string) =>
  page.getByLabel(label, { exact: true }).evaluate((input) => input === document.activeElement);

describeInBrowser("the password in the settings", () => {
  it("is changed with the keyboard alone; this browser stays signed in, the other one is told why it is not", async () => {
    const account = await createAccount(server());
    const other = await signIn(await browser.visit(server().origin), account);
    const page = await signIn(await browser.visit(server().origin), account, "/settings/security");
    await page.getByRole("link", { name: "Change password" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Change your password" }).waitFor();
    await page.getByLabel("Current password", { exact: true }).focus();
    await page.keyboard.type("not what it is");
    await page.getByLabel("New password", { exact: true }).focus();
    await page.keyboard.type(NEW_PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByText("This is not the password that you have now.").waitFor();
    await expectAccessible(page);
    await expect.poll(() => isFocused(page, "Current password")).toBe(true);
    await page.keyboard.type(account.password);
    await page.getByLabel("New password", { exact: true }).focus();
    await page.keyboard.type(NEW_PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByText("Your password is changed.").waitFor();
    await expectAccessible(page);

    await page.goto("/dashboard");
    await expectPath(page, "/dashboard");
    await other.goto("/dashboard");
    await expectPath(other, "/sign-in");
    await other.getByText("password was changed").waitFor();
    await signInOnPage(other, { email: account.email, password: NEW_PASSWORD });
    await expectPath(other, "/dashboard");
  });

  it("is set for the first time by somebody who came with Google, once they have confirmed it there", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Ada Lovelace/);
    await expectPath(page, "/dashboard");
    await agePage(page, 3600);
    await page.goto("/settings/security");
    await page.getByRole("link", { name: "Set a password" }).click();
    await page.getByRole("link", { name: "Confirm that it’s you" }).click();
    await page.getByRole("button", { name: "Confirm with Google" }).click();
    await page.getByRole("button", { name: /Ada Lovelace/ }).click();
    await expectPath(page, PAGE);
    await page.getByRole("button", { name: "Suggest a passphrase" }).click();
    await expect.poll(() => page.getByLabel("New password", { exact: true }).inputValue()).toMatch(/.{15,}/);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByText("Your password is set.").waitFor();

    await page.getByRole("link", { name: "Change password" }).waitFor();
  });

  it("is changed without JavaScript", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin, { javaScriptEnabled: false });
    await signIn(page, account, PAGE);
    await page.getByLabel("Current password", { exact: true }).fill(account.password);
    await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Change password" }).click();

    await page.getByText("Your password is changed.").waitFor();
  });

  it("has pages without a violation", async () => {
    const page = await browser.visit(server().origin);
    await signIn(page, await createAccount(server()), PAGE);
    await expectGoodInEachLook(page);
  });
});
