import type { Locator } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount } from "../support/accounts";
import { describeInBrowser, expectAccessible, expectNoSidewaysScroll, useBrowser } from "../support/browser";
import { tokenIn } from "../support/mails";
import { expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";

const NEW_PASSWORD = "seven quiet lanterns over water";

const server = useServer();
const browser = useBrowser();

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

describeInBrowser("a forgotten password", () => {
  it("is replaced with the keyboard alone, from the sign-in page to the dashboard", async () => {
    const { email } = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in");
    await page.getByLabel("Password", { exact: true }).focus();
    const link = page.getByRole("link", { name: "Forgotten your password?" });
    for (let tabs = 0; tabs < 5 && !(await hasFocus(link)); tabs++) await page.keyboard.press("Tab");
    expect(await hasFocus(link)).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Forgotten your password?" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("E-mail address").focus();
    await page.keyboard.type(email);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    await expectAccessible(page);

    await page.goto(`/reset-password?token=${tokenIn(await server().mails.next(email), "/reset-password")}`);
    await page.getByText(email).waitFor();
    await expectAccessible(page);
    const field = page.getByLabel("New password", { exact: true });
    await field.focus();
    await page.keyboard.type("too short");
    await page.keyboard.press("Enter");
    await page.getByText("This password is too short").waitFor();
    expect(await hasFocus(field)).toBe(true);
    await page.keyboard.type(NEW_PASSWORD);
    await page.keyboard.press("Enter");
    await expectPath(page, "/sign-in");
    await page.getByText("Your new password is set").waitFor();
    await signInOnPage(page, { email, password: NEW_PASSWORD });

    await expectPath(page, "/dashboard");
  });

  it("says what to do with a link that doesn't work any more, also when it stops working while its page is open", async () => {
    const { email } = await createAccount(server());
    const page = await browser.visit(server().origin, { width: 390, colorScheme: "dark" });
    await server().client().post("/api/password/forgot", { email });
    const token = tokenIn(await server().mails.next(email), "/reset-password");
    await page.goto(`/reset-password?token=${token}`);
    await page.getByRole("button", { name: "Suggest a passphrase" }).click();
    await expect.poll(() => page.getByLabel("New password", { exact: true }).inputValue()).toMatch(/.{15,}/);
    await server().client().post("/api/password/reset", { token, password: NEW_PASSWORD });
    await page.getByRole("button", { name: "Set this password" }).click();
    await page.getByRole("alert").filter({ hasText: "stopped working" }).waitFor();
    await expectAccessible(page);

    await page.reload();
    await page.getByRole("heading", { name: "This link doesn't work any more" }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole("link", { name: "Ask for a new link" }).click();
    await expectPath(page, "/forgot-password");
  });

  it("is replaced without JavaScript", async () => {
    const { email } = await createAccount(server());
    const page = await browser.visit(server().origin, { javaScriptEnabled: false });
    await page.goto("/forgot-password");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Send me a link" }).click();
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    await page.goto(`/reset-password?token=${tokenIn(await server().mails.next(email), "/reset-password")}`);
    await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Set this password" }).click();

    await page.getByText("Your new password is set").waitFor();
  });
});
