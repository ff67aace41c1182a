import { expect, it } from "vitest";

import { createAccount, newAddress } from "../support/accounts";
import { describeInBrowser, expectAccessible, useBrowser } from "../support/browser";
import { tokenIn } from "../support/mails";
import { expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

const server = useServer();
const browser = useBrowser();

describeInBrowser("the e-mail address", () => {
  it("is changed from the keyboard, confirmed by the mailed link, and taken back from the old mailbox", async () => {
    const account = await createAccount(server());
    const page = await signIn(await browser.visit(server().origin), account, "/profile");
    const email = newAddress();
    await page.getByLabel("New e-mail address").focus();
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await page.keyboard.type("not the right passphrase");
    await page.keyboard.press("Enter");
    await page.getByText("That isn't your password").waitFor();
    expect(await page.getByLabel("New e-mail address").inputValue()).toBe(email);
    expect(await page.getByLabel("Your password").evaluate((input) => input === document.activeElement)).toBe(true);

    await page.keyboard.type(account.password);
    await page.keyboard.press("Enter");
    await page
      .getByRole("status")
      .filter({ hasText: `A mail to ${email} is on its way` })
      .waitFor();
    await page.getByText("waits to be confirmed").waitFor();
    await expectAccessible(page);

    await page.goto(`/confirm-email?token=${tokenIn(await server().mails.next(email), "/confirm-email")}`);
    await page.getByRole("button", { name: "Use this address from now on" }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Use this address from now on" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Your e-mail address is changed").waitFor();
    expect(page.url()).not.toContain("token");
    await page.getByRole("link", { name: "Go to your profile" }).click();
    await page.getByText(`Your address is ${email}`).waitFor();

    await server().mails.next(account.email);
    const undo = tokenIn(await server().mails.next(account.email), "/undo-email-change");
    const elsewhere = await browser.visit(server().origin, { javaScriptEnabled: false });
    await elsewhere.goto(`/undo-email-change?token=${undo}`);
    await elsewhere.getByRole("button", { name: "Take the change back" }).click();
    await elsewhere.getByText("Your account has this address again").waitFor();
    expect(await elsewhere.getByRole("link", { name: "Choose a new password" }).getAttribute("href")).toBe(
      "/forgot-password",
    );
    await expect.poll(async () => (await page.goto("/profile")) && new URL(page.url()).pathname).toBe("/sign-in");
    await signInOnPage(page, account);
    await expectPath(page, "/profile");
    await page.getByText(`Your address is ${account.email}`).waitFor();
  });

  it("has a change that waits sent again, cancelled, and refused by its dead link, without JavaScript", async () => {
    const account = await createAccount(server());
    const page = await signIn(
      await browser.visit(server().origin, { javaScriptEnabled: false, colorScheme: "dark", width: 390 }),
      account,
      "/profile",
    );
    const email = newAddress();
    await page.getByLabel("New e-mail address").fill(email);
    await page.getByLabel("Your password").fill(account.password);
    await page.getByRole("button", { name: "Change address" }).click();
    await page.getByRole("button", { name: "Send the link again" }).click();
    await page.getByText(`A new mail to ${email} is on its way`).waitFor();
    await page.getByRole("button", { name: "Cancel the change" }).click();
    await page.getByText("The change is cancelled").waitFor();

    await server().mails.next(email);
    const token = tokenIn(await server().mails.next(email), "/confirm-email");
    const reader = await browser.visit(server().origin, { colorScheme: "dark", width: 390 });
    for (const [path, button, refusal] of [
      [`/confirm-email?token=${token}`, "Use this address from now on", "This link doesn't work any more"],
      [`/undo-email-change?token=${token}`, "Take the change back", "This link doesn't work any more"],
    ] as const) {
      await reader.goto(path);
      await reader.getByRole("button", { name: button }).click();
      await reader.getByRole("alert").filter({ hasText: refusal }).waitFor();
      await expectAccessible(reader);
    }
  });
});
