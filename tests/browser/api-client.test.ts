import type { BrowserContext, Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount, type TestAccount } from "../support/accounts";
import { describeInBrowser, expectAccessible, expectGoodInEachLook, useBrowser } from "../support/browser";
import { expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

const TOKEN_SECONDS = 2;
const ROUNDS = 3;
const server = useServer({ ACCESS_TOKEN_TTL: String(TOKEN_SECONDS), SESSION_ACCESS_TTL: String(TOKEN_SECONDS) });
const browser = useBrowser();

const untilTokenIsOver = (page: Page) => page.waitForTimeout((TOKEN_SECONDS + 0.3) * 1000);

/** A person who is signed in and has so many tabs with the explorer open. Their first tab stands at the dashboard. */
async function openTabs(count: number): Promise<{ account: TestAccount; context: BrowserContext; tabs: Page[] }> {
  const account = await createAccount(server());
  const page = await browser.visit(server().origin);
  await signIn(page, account);
  const context = page.context();
  const tabs = await Promise.all(Array.from({ length: count }, () => context.newPage()));
  for (const tab of tabs) {
    await tab.goto("/api-explorer");
    await tab.getByRole("button", { name: "Who am I" }).waitFor();
  }
  return { account, context, tabs };
}

/** Presses without waiting for the tab to be in front. */
const press = (tab: Page, name: string) =>
  tab.getByRole("button", { name }).evaluate((button) => (button as HTMLButtonElement).click());

/** What the tab's requests came to, newest first. */
const outcomes = (tab: Page) => tab.locator("tbody tr td:nth-child(2)").allTextContents();
const log = (tab: Page) => tab.getByRole("log").textContent();

function countRefreshes(context: BrowserContext): () => number {
  let refreshes = 0;
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/refresh") refreshes++;
  });
  return () => refreshes;
}

describeInBrowser("three tabs", () => {
  it("that wake together over an expired token send one refresh for all, again and again", async () => {
    const { context, tabs } = await openTabs(3);
    const refreshes = countRefreshes(context);
    for (let round = 1; round <= ROUNDS; round++) {
      await Promise.all(tabs.map((tab) => press(tab, "Five calls at once")));
      for (const tab of tabs) {
        await expect.poll(async () => (await outcomes(tab)).length).toBe(Math.min(round * 5, 10));
        await expect.poll(async () => (await outcomes(tab)).slice(0, 5)).toEqual(Array(5).fill("200"));
        await expect.poll(async () => tab.getByRole("log").getByRole("listitem").count()).toBe(round);
      }

      expect(refreshes()).toBe(round);
      if (tabs[0]) await untilTokenIsOver(tabs[0]);
    }
    const told = (await Promise.all(tabs.map(log))).join(" ");
    expect(told.match(/Fetched an access token/g)).toHaveLength(ROUNDS);
    expect(told.match(/Another tab fetched/g)).toHaveLength(2 * ROUNDS);
  });

  it("all say why the session has ended, as soon as one of them hears of it", async () => {
    const { account, tabs } = await openTabs(3);
    const [first, ...others] = tabs;
    if (!first) throw new Error("No tab is open.");
    await Promise.all(tabs.map((tab) => press(tab, "Who am I")));
    await expect.poll(() => outcomes(first)).toEqual(["200"]);

    const elsewhere = server().client();
    await elsewhere.post("/api/sign-in", { email: account.email, password: account.password });
    expect((await elsewhere.request("DELETE", "/api/sessions")).status).toBe(204);
    await untilTokenIsOver(first);
    await press(first, "Who am I");

    for (const tab of [first, ...others]) {
      await tab.getByRole("alert").filter({ hasText: "This session was ended from another device." }).waitFor();
      expect((await log(tab))?.match(/Signed out \(revoked_by_user\)/g)).toHaveLength(1);
    }
    await expect.poll(() => outcomes(first)).toEqual(["Not sent: signed out", "200"]);
    await expectAccessible(first);
    await first.getByRole("link", { name: "Sign in again" }).click();
    await first.waitForURL(/\/sign-in\?callbackUrl=%2Fapi-explorer$/);
    await signInOnPage(first, account);
    await expectPath(first, "/api-explorer");
    await press(first, "Who am I");
    await expect.poll(() => outcomes(first)).toEqual(["200"]);
  });

  it("lose the network, sign nobody out, and go on when it is back", async () => {
    const { context, tabs } = await openTabs(3);
    await context.pages()[0]?.goto("about:blank");
    await Promise.all(tabs.map((tab) => press(tab, "Who am I")));
    for (const tab of tabs) await expect.poll(() => outcomes(tab)).toEqual(["200"]);
    if (tabs[0]) await untilTokenIsOver(tabs[0]);
    await context.setOffline(true);
    await Promise.all(tabs.map((tab) => press(tab, "Who am I")));
    for (const tab of tabs) {
      await expect.poll(() => outcomes(tab)).toEqual(["Not sent: no access token just now", "200"]);
      expect(await log(tab)).toContain("You are still signed in.");
    }
    await context.setOffline(false);
    await Promise.all(tabs.map((tab) => press(tab, "Who am I")));
    for (const tab of tabs) {
      await expect.poll(async () => (await outcomes(tab))[0]).toBe("200");
      expect(await tab.getByRole("main").getByRole("alert").count()).toBe(0);
    }
  });
});

describeInBrowser("the access token", () => {
  it("is in no storage, no cookie that scripts can read, no address and nowhere in the page", async () => {
    const { context, tabs } = await openTabs(1);
    const answers: string[] = [];
    context.on("response", async (response) => {
      if (new URL(response.url()).pathname === "/api/refresh") answers.push(await response.text());
    });
    const [tab] = tabs;
    if (!tab) throw new Error("No tab is open.");
    await press(tab, "Refresh now");
    await press(tab, "Who am I");
    await expect.poll(() => outcomes(tab)).toHaveLength(2);
    await expect.poll(() => answers).toHaveLength(1);
    const { accessToken } = JSON.parse(answers[0] ?? "") as { accessToken: string };
    const reachable = await tab.evaluate(async () =>
      JSON.stringify([
        document.cookie,
        { ...localStorage },
        { ...sessionStorage },
        await indexedDB.databases(),
        await caches.keys(),
        document.documentElement.outerHTML,
        location.href,
        performance.getEntries().map(({ name }) => name),
        Object.keys(window),
      ]),
    );

    expect(accessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(reachable).toContain("api-explorer");
    expect(reachable).not.toContain(accessToken.split(".")[2]);
  });

  it("is at work on its page only: others do not load axios", async () => {
    const scriptsWithAxios: string[] = [];
    const page = await browser.visit(server().origin);
    page.on("response", async (response) => {
      if (response.request().resourceType() !== "script") return;
      if ((await response.text()).includes("AxiosError")) scriptsWithAxios.push(new URL(page.url()).pathname);
    });
    const account = await createAccount(server());
    await signIn(page, account);
    await page.waitForLoadState("networkidle");
    expect(scriptsWithAxios).toEqual([]);

    await page.getByRole("link", { name: "Watch one at work" }).click();
    await page.getByRole("button", { name: "Who am I" }).waitFor();
    await expect.poll(() => scriptsWithAxios.length).toBeGreaterThan(0);
  });
});

describeInBrowser("the page of the API session", () => {
  it("has no violation, and works by keyboard", async () => {
    const { tabs } = await openTabs(1);
    const [tab] = tabs;
    if (!tab) throw new Error("No tab is open.");
    await expectGoodInEachLook(tab);
    await tab.getByRole("button", { name: "List my sessions" }).focus();
    await tab.keyboard.press("Enter");
    await expect.poll(() => outcomes(tab)).toEqual(["200"]);
    await tab.getByText("The last answer to GET /api/sessions").waitFor();

    await expectGoodInEachLook(tab);
  });

  it("says without JavaScript that it needs it", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin, { javaScriptEnabled: false });
    await page.goto("/sign-in?callbackUrl=%2Fapi-explorer");
    await signInOnPage(page, account);
    await expectPath(page, "/api-explorer");

    // By text alone, Playwright looks past everything inside <noscript>.
    await page.locator("p", { hasText: "needs JavaScript" }).waitFor();
    expect(await page.getByRole("button", { name: "Who am I" }).count()).toBe(0);
  });
});
