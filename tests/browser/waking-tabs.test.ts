import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount } from "../support/accounts";
import { describeInBrowser, useBrowser } from "../support/browser";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

const ACCESS_SECONDS = 2;
const WINDOW_IS_OVER_MS = ACCESS_SECONDS * 1000 + 200;
/** More redirects of one page than this are a loop. */
const MAX_REDIRECTS = 2;

const server = useServer({ SESSION_ACCESS_TTL: String(ACCESS_SECONDS) });
const browser = useBrowser();

async function signedIn(): Promise<Page> {
  return signIn(await browser.visit(server().origin), await createAccount(server()));
}

/** The paths that this page's documents were redirected to from now on. */
function redirectsOf(page: Page): string[] {
  const redirects: string[] = [];
  page.on("response", (response) => {
    if (response.status() < 300 || response.status() >= 400) return;
    redirects.push(response.headers()["location"] ?? "");
  });
  return redirects;
}

describeInBrowser("a browser whose window is over (F20)", () => {
  it("keeps three tabs signed in that wake together, again and again", async () => {
    const first = await signedIn();
    const tabs = [first, await first.context().newPage(), await first.context().newPage()];
    await Promise.all(tabs.map((tab) => tab.goto("/dashboard")));
    const redirects = tabs.map(redirectsOf);
    for (let round = 0; round < 2; round++) {
      await first.waitForTimeout(WINDOW_IS_OVER_MS);
      await Promise.all(tabs.map((tab) => tab.reload()));
      for (const tab of tabs) await tab.getByText("You are signed in").waitFor();
    }

    expect(redirects).toEqual([[], [], []]);
  });

  it("keeps somebody signed in who follows a link, the one after the other", async () => {
    const page = await signedIn();
    const redirects = redirectsOf(page);
    for (const name of ["Profile", "Dashboard"]) {
      await page.waitForTimeout(WINDOW_IS_OVER_MS);
      const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name });
      await link.hover();
      await link.click();
      await page.waitForURL(`**/${name.toLowerCase()}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
    }

    expect(redirects).toEqual([]);
  });

  it("is signed in again as soon as the network is back", async () => {
    // A tab of its own: that its requests fail is what is wanted here, and no complaint.
    const first = await signedIn();
    const page = await first.context().newPage();
    await first.close();
    await page.goto("/profile");
    await page.context().setOffline(true);
    await page.waitForTimeout(WINDOW_IS_OVER_MS);
    await page.reload().catch(() => undefined);
    await page.context().setOffline(false);
    await page.goto("/dashboard");

    await page.getByText("You are signed in").waitFor();
  });
});

describeInBrowser("after signing out", () => {
  it("the back button shows nothing of the signed-in pages, and leads to no loop", async () => {
    const page = await signedIn();
    await page.goto("/profile");
    await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out").waitFor();
    const redirects = redirectsOf(page);
    await page.goBack();
    await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();

    expect(await page.getByText("About you").count()).toBe(0);
    expect(redirects.length).toBeLessThanOrEqual(MAX_REDIRECTS);
  });
});
