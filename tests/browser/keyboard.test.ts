import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount, GOOD_PASSWORD, newAddress } from "../support/accounts";
import { describeInBrowser, useBrowser } from "../support/browser";
import { expectPath } from "../support/person";
import { useServer } from "../support/server";

const MAX_TABS = 40;

const server = useServer();
const browser = useBrowser();

/** Presses Tab until what has the focus is called `name`; the focus has to be seen all along. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return null;
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const name = element.getAttribute("aria-label") ?? label ?? element.textContent ?? "";
      return { name: name.trim(), seen: outlineStyle !== "none" || boxShadow !== "none" };
    });
    if (focus && (typeof name === "string" ? focus.name === name : name.test(focus.name))) {
      expect(focus.seen, `The focus on ${focus.name} can be seen`).toBe(true);
      return;
    }
  }
  throw new Error(`Tab does not lead to ${name}.`);
}

/** A menu that is still opening takes no key yet. */
async function highlightLastItem(page: Page): Promise<string | null | undefined> {
  await page.keyboard.press("End");
  return await page.evaluate(() => document.activeElement?.textContent);
}

describeInBrowser("with the keyboard alone", () => {
  it("a person signs up", async () => {
    const page = await browser.visit(server().origin);
    await page.goto("/sign-up");
    await tabTo(page, "Your name (optional)");
    await page.keyboard.type("Keyed In");
    await tabTo(page, "E-mail address");
    await page.keyboard.type(newAddress());
    await tabTo(page, "Password");
    await page.keyboard.type(GOOD_PASSWORD);
    await tabTo(page, "Create account");
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  });

  it("a person signs in, renames the account, and signs out through the menu", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in?callbackUrl=%2Fprofile");
    await tabTo(page, "E-mail address");
    await page.keyboard.type(account.email);
    await tabTo(page, "Password");
    await page.keyboard.type(account.password);
    await page.keyboard.press("Enter");
    await expectPath(page, "/profile");

    await tabTo(page, "Name");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Renamed By Keys");
    await page.keyboard.press("Enter");
    await page.getByText("Saved.").waitFor();

    await page.goto("/dashboard");
    await tabTo(page, /^Account/);
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "hidden" });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(/^Account/);
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await expect.poll(() => highlightLastItem(page)).toBe("Sign out");
    await page.keyboard.press("Enter");
    await page.getByText("You are signed out").waitFor();
  });

  it("the first stop leads past the navigation", async () => {
    const page = await browser.visit(server().origin);
    await page.goto("/");
    await tabTo(page, "Skip to content");
    await page.keyboard.press("Enter");

    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("main");
  });
});
