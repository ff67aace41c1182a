import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount, type TestAccount } from "../support/accounts";
import { describeInBrowser, expectGoodInEachLook, useBrowser } from "../support/browser";
import { signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

// The warning comes a quarter of the idle time before its end.
const server = useServer({ SESSION_IDLE_TTL: "8", SESSION_ABSOLUTE_TTL: "14" });
const browser = useBrowser();

const told = (page: Page, title: string) => page.getByRole("alertdialog", { name: title }).waitFor();
const untilGone = (page: Page) => page.getByRole("alertdialog").waitFor({ state: "detached" });
const nameField = (page: Page) => page.getByLabel("Name", { exact: true });

/** Follows the link into its new tab, signs in there, and comes back. */
async function signInAgain(page: Page, account: TestAccount): Promise<void> {
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: "Sign in again" }).click(),
  ]);
  await signInOnPage(tab, account);
  await tab.waitForURL("**/profile");
  await tab.close();
  // Each tab of this browser is visible all the time.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

describeInBrowser("a signed-in page that is left open (WCAG 2.2.1)", () => {
  it("warns of its session's end, which the person moves on; in the end they sign in again and lose nothing", async () => {
    const account = await createAccount(server());
    const page = await signIn(await browser.visit(server().origin), account, "/profile");
    const other = await page.context().newPage();
    await other.goto("/dashboard");
    await nameField(page).fill("Half a name");
    await told(page, "Are you still there?");
    await told(other, "Are you still there?");
    await page.getByRole("button", { name: "Stay signed in" }).click();
    await untilGone(page);
    await untilGone(other);
    await other.close();
    expect(await nameField(page).evaluate((field) => field === document.activeElement)).toBe(true);

    await told(page, "Your session is about to end");
    await signInAgain(page, account);
    await untilGone(page);

    await told(page, "Your session has ended");
    await expectGoodInEachLook(page, "[role=alertdialog]");
    await signInAgain(page, account);
    await untilGone(page);
    await nameField(page).pressSequentially(" more");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    expect(await nameField(page).inputValue()).toBe("Half a name more");
  });

  it("shows nothing on to whoever signs in there as somebody else", async () => {
    const page = await signIn(await browser.visit(server().origin), await createAccount(server()), "/profile");
    await nameField(page).fill("Not for others");
    await told(page, "Your session has ended");
    await signInAgain(page, await createAccount(server()));

    await untilGone(page);
    await expect.poll(() => nameField(page).inputValue()).not.toBe("Not for others");
  });
});
