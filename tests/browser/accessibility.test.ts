import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount, GOOD_PASSWORD, newAddress } from "../support/accounts";
import { describeInBrowser, expectGoodInEachLook, useBrowser } from "../support/browser";
import { signInOnPage, signUpOnPage } from "../support/person";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

const server = useServer();
const browser = useBrowser();

const OPEN_PAGES = [
  "/",
  "/sign-in",
  "/sign-in?verified=1",
  "/sign-in?signed-out=1",
  "/sign-in?code=email_not_verified",
  "/sign-up",
  "/terms",
  "/privacy",
  "/verify-email",
  "/verify-email?sent=1",
  "/verify-email?token=abc",
  "/auth-error",
  "/auth-error?error=OAuthAccountNotLinked",
  "/dev/mailbox",
  "/dev/components",
  "/no/such/page",
];

async function expectGoodPage(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await expectGoodInEachLook(page);
}

describeInBrowser("light and wide, and dark and narrow", () => {
  it("the pages for everybody have no violation", async () => {
    const page = await browser.visit(server().origin);
    for (const path of OPEN_PAGES) {
      await page.goto(path);
      await expectGoodPage(page);
    }
  });

  it("the forms have none when they complain (A31)", async () => {
    const page = await browser.visit(server().origin);
    await page.goto("/sign-up");
    await page.getByLabel("E-mail address").fill("ada@localhost");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await expectGoodPage(page);

    await page.goto("/sign-in");
    await signInOnPage(page, { email: newAddress(), password: GOOD_PASSWORD });
    await page.getByRole("alert").filter({ hasText: "don't go together" }).waitFor();
    await expectGoodPage(page);

    await page.goto("/verify-email?token=abc");
    await page.getByRole("button", { name: "Confirm my e-mail address" }).click();
    await page.getByRole("alert").filter({ hasText: "doesn't work any more" }).waitFor();
    await expectGoodPage(page);
  });

  it("the signed-in pages have none, nor does the open menu", async () => {
    const page = await signIn(await browser.visit(server().origin), await createAccount(server()));
    await expectGoodPage(page);
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    await expectGoodInEachLook(page, "[role=menu]");

    await page.evaluate(() => Object.assign(globalThis, { isStillHere: true }));
    const line = page.locator("[data-progress-line]");
    await page.route("**/profile?*", async (route) => {
      // It shows after 300 ms alone: until then it has no length.
      await expect.poll(async () => (await line.boundingBox())?.width ?? 0).toBeGreaterThan(10);
      await route.continue();
    });
    await page.getByRole("menuitem", { name: "Profile" }).click();
    await page.waitForURL("**/profile");
    await line.waitFor({ state: "detached" });
    await page.unrouteAll();
    expect(await page.evaluate(() => "isStillHere" in globalThis)).toBe(true);
    await page.getByLabel("Name", { exact: true }).fill("Ada");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    await expectGoodPage(page);
  });

  it("the line that asks for consent to new terms has none, and goes with one press", async () => {
    const account = await createAccount(server());
    await server().database.query("UPDATE users SET terms_version = '2020-01-01' WHERE email = $1", [account.email]);
    const page = await signIn(await browser.visit(server().origin), account);
    const line = page.getByRole("region", { name: "Terms" });
    await line.getByText("Our terms have changed.").waitFor();
    await expectGoodPage(page);
    await line.getByRole("button", { name: "I agree to them" }).click();
    await line.waitFor({ state: "detached" });
    await page.goto("/profile");
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await line.count()).toBe(0);
  });

  it("a mail in the mailbox has none", async () => {
    const page = await browser.visit(server().origin);
    const email = newAddress();
    await signUpOnPage(page, { email, password: GOOD_PASSWORD, name: "Mail Reader" });
    await server().mails.next(email);
    await page.goto("/dev/mailbox");
    await page.getByRole("listitem").filter({ hasText: email }).getByRole("link").first().click();
    await page.getByRole("heading", { name: "Links in this mail" }).waitFor();
    await expectGoodPage(page);
  });
});
