import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount, type TestAccount } from "../support/accounts";
import { agePage } from "../support/aged-cookie";
import { describeInBrowser, useBrowser, type Visitor } from "../support/browser";
import { expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { confirmPassword, STALENESS_MS, signIn } from "../support/signed-in-page";

const TWO_HOURS_SECONDS = 2 * 60 * 60;

const server = useServer();
const browser = useBrowser();

const signedIn = async (account: TestAccount, visitor: Visitor = {}) =>
  signIn(await browser.visit(server().origin, visitor), account);
const endButton = (page: Page) => page.getByRole("button", { name: /^End Chrome/ });
const focusIsOn = (page: Page, text: string) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? "")).toContain(text);

/** Presses the button, and looks away: the session ends at once then, not six seconds later. */
async function endFirst(page: Page): Promise<void> {
  await endButton(page).first().click();
  await page.getByText("about to be signed out").waitFor();
  await lookAway(page);
}
const lookAway = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    Reflect.deleteProperty(document, "hidden");
  });

describeInBrowser("a person's sessions", () => {
  it("are ended one by one, and the browser that held one is told why at its next click", async () => {
    const account = await createAccount(server());
    const [here, there] = [await signedIn(account), await signedIn(account)];
    await here.getByRole("link", { name: "Settings", exact: true }).click();
    await here.getByRole("link", { name: "Sessions", exact: true }).click();
    await here.getByText("This device").waitFor();
    expect(
      await here
        .getByRole("listitem")
        .filter({ hasText: /Signed in with your password/ })
        .count(),
    ).toBe(2);

    await endButton(here).click();
    await focusIsOn(here, "about to be signed out");
    expect(await endButton(here).count()).toBe(0);
    await here.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => endButton(here).evaluate((button) => button === document.activeElement)).toBe(true);
    await endButton(here).click();
    await here.mouse.move(0, 0);
    await there.getByRole("link", { name: "Profile", exact: true }).click();
    await expectPath(there, "/profile");
    await here
      .getByRole("status")
      .filter({ hasText: /^Ended: Chrome/ })
      .waitFor();
    await focusIsOn(here, "Ended: Chrome");
    await here.getByText("This is your only session").waitFor();

    await there.waitForTimeout(STALENESS_MS);
    await there.getByRole("link", { name: "Dashboard", exact: true }).click();
    await expectPath(there, "/sign-in");
    const told = there.getByRole("status").filter({ hasText: "ended from another device" });
    expect(await told.textContent()).toMatch(/On this device \(.*Chrome on .+\), \d+ \w+ \d{4} at \d\d:\d\d/);
    await signInOnPage(there, account);
    await expectPath(there, "/dashboard");
  });

  it("are ended all at once, but for the one that asks", async () => {
    const account = await createAccount(server());
    const [here, there, elsewhere] = [await signedIn(account), await signedIn(account), await signedIn(account)];
    await here.goto("/settings/sessions");
    await here.getByRole("button", { name: "End all other sessions" }).click();
    await here.getByRole("alertdialog", { name: "End 2 other sessions?" }).waitFor();
    await here.getByRole("button", { name: "End them all" }).click();
    await here.getByRole("status").filter({ hasText: "all sessions but this one" }).waitFor();
    await here.getByRole("alertdialog").waitFor({ state: "hidden" });
    await focusIsOn(here, "all sessions but this one");

    for (const page of [there, elsewhere]) {
      await page.waitForTimeout(STALENESS_MS);
      await page.goto("/dashboard");
      await page.getByText("ended from another device").waitFor();
    }
  });

  it("end here too, which is signing out", async () => {
    const page = await signedIn(await createAccount(server()));
    await page.goto("/settings/sessions");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out").waitFor();
    await page.goto("/settings/sessions");
    await expectPath(page, "/sign-in");
  });

  it("lead to the sign-in page also when the ended one presses a button", async () => {
    const account = await createAccount(server());
    const [here, there] = [await signedIn(account), await signedIn(account)];
    await there.goto("/settings/sessions");
    await here.goto("/settings/sessions");
    await endFirst(here);
    await here
      .getByRole("status")
      .filter({ hasText: /^Ended/ })
      .waitFor();

    await there.waitForTimeout(STALENESS_MS);
    await endFirst(there);
    await there.getByText("ended from another device").waitFor();
    await here.reload();
    await here.getByText("This is your only session").waitFor();
  });

  it("can have ended already when the button is pressed", async () => {
    const account = await createAccount(server());
    const [here, also] = [await signedIn(account), await signedIn(account)];
    await signedIn(account);
    await here.goto("/settings/sessions");
    await also.goto("/settings/sessions");
    // The others in the order of their last use: first the one that signed in last.
    await endFirst(also);
    await also
      .getByRole("status")
      .filter({ hasText: /^Ended/ })
      .waitFor();
    await endFirst(here);

    await here.getByText("That session had ended already").waitFor();
    expect(await endButton(here).count()).toBe(1);
  });

  it("are ended with the keyboard alone", async () => {
    const account = await createAccount(server());
    const page = await signedIn(account);
    await signedIn(account);
    await page.goto("/settings/sessions");
    await endButton(page).waitFor();
    for (let tabs = 0; tabs < 30; tabs++) {
      await page.keyboard.press("Tab");
      if (await endButton(page).evaluate((button) => button === document.activeElement)) break;
    }
    await page.keyboard.press("Enter");
    await focusIsOn(page, "about to be signed out");
    await page.keyboard.press("Tab");
    await focusIsOn(page, "Undo");
    await page.keyboard.press("Enter");
    await expect.poll(() => endButton(page).evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await focusIsOn(page, "about to be signed out");
    await lookAway(page);
    await focusIsOn(page, "Ended: Chrome");
  });

  it("are ended without JavaScript", async () => {
    const account = await createAccount(server());
    const page = await signedIn(account, { javaScriptEnabled: false });
    await signedIn(account);
    await signedIn(account);
    await page.goto("/settings/sessions");
    await page
      .getByRole("link", { name: /^End Chrome/ })
      .first()
      .click();
    await page.getByRole("heading", { name: /^End the session on Chrome/ }).waitFor();
    await page.getByRole("link", { name: "Cancel" }).click();
    await page
      .getByRole("link", { name: /^End Chrome/ })
      .first()
      .click();
    await page.getByRole("button", { name: "End session" }).click();
    await page.getByText(/^Ended: Chrome/).waitFor();

    await agePage(page, TWO_HOURS_SECONDS);
    await page.getByRole("link", { name: "End all other sessions" }).click();
    await page.getByRole("button", { name: "End it" }).click();
    await confirmPassword(page, account);
    await page.getByRole("heading", { name: "End the other session?" }).waitFor();
    await page.getByRole("button", { name: "End it" }).click();
    await page.getByText("all sessions but this one").waitFor();
  });
});
