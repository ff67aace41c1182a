import { expect, it } from "vitest";

import { createAccount, GOOD_PASSWORD, newAddress } from "../support/accounts";
import { describeInBrowser, useBrowser } from "../support/browser";
import { confirmOnPage, continueWithGoogle, expectPath, signInOnPage, signUpOnPage } from "../support/person";
import { useServer } from "../support/server";

const server = useServer();
const browser = useBrowser();
const visit = () => browser.visit(server().origin, { javaScriptEnabled: false });

describeInBrowser("without JavaScript", () => {
  it("a person signs up, confirms, signs in, changes the name and signs out", async () => {
    const page = await visit();
    const account = { email: newAddress(), password: GOOD_PASSWORD, name: "Plain Page" };
    await signUpOnPage(page, account);
    await confirmOnPage(page, server(), account.email);
    await signInOnPage(page, account);
    await expectPath(page, "/dashboard");

    await page.goto("/profile");
    await page.getByLabel("Name", { exact: true }).fill("Plainer Page");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out").waitFor();
    await page.goto("/dashboard");
    await expectPath(page, "/sign-in");
  });

  it("mistakes are told, and what was typed stays", async () => {
    const { email } = await createAccount(server());
    const page = await visit();
    await page.goto("/sign-in");
    await signInOnPage(page, { email, password: "not the right passphrase" });
    await page.getByRole("alert").filter({ hasText: "don't go together" }).waitFor();

    expect(await page.getByLabel("E-mail address").inputValue()).toBe(email);
  });

  it("a person signs in with Google", async () => {
    const page = await visit();
    await continueWithGoogle(page, /Ada Lovelace/);

    await expectPath(page, "/dashboard");
  });

  it("the mailbox shows its mails", async () => {
    const page = await visit();
    const email = newAddress();
    await signUpOnPage(page, { email, password: GOOD_PASSWORD, name: "Mail Reader" });
    await server().mails.next(email);
    await page.goto("/dev/mailbox");
    await page.getByRole("listitem").filter({ hasText: email }).getByRole("link").first().click();
    await page.getByRole("link", { name: /verify-email\?token=/ }).click();
    await page.getByRole("button", { name: "Confirm my e-mail address" }).click();
    await page.getByText("Your e-mail address is confirmed").waitFor();
  });
});
