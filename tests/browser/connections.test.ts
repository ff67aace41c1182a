import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount, type TestAccount } from "../support/accounts";
import { agePage } from "../support/aged-cookie";
import { describeInBrowser, expectAccessible, useBrowser } from "../support/browser";
import { continueWithGoogle, expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";
import { confirmPassword, signIn } from "../support/signed-in-page";

const ELEVEN_MINUTES_SECONDS = 11 * 60;

const server = useServer();
const browser = useBrowser();

const sessionCookie = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === SESSION_COOKIE)?.value;
const linksOf = (email: string) =>
  server().database.query(
    "SELECT provider, provider_email FROM accounts JOIN users ON users.id = accounts.user_id WHERE users.email = $1",
    [email],
  );
const status = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

/** Chooses somebody with this address at the provider. */
async function choose(page: Page, email: string): Promise<void> {
  await page.getByRole("heading", { name: /^Who signs in/ }).waitFor();
  await page.getByLabel("Name").fill("Typed Person");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("The e-mail address is verified").check();
  await page.getByRole("button", { name: "Sign in as this person" }).click();
}

async function settled(account: TestAccount): Promise<Page> {
  const page = await signIn(await browser.visit(server().origin), account);
  await page.goto("/settings/connections");
  await page.getByRole("heading", { name: "Connections" }).waitFor();
  return page;
}

describeInBrowser("a person's connections", () => {
  it("are made and removed by the keyboard alone, each after a recent sign-in", async () => {
    const account = await createAccount(server());
    const page = await settled(account);
    await page.getByText("Not connected").waitFor();
    await expectAccessible(page);
    await agePage(page, ELEVEN_MINUTES_SECONDS);
    await page.getByRole("button", { name: "Connect Google" }).press("Enter");
    await confirmPassword(page, account);
    await expectPath(page, "/settings/connections");
    const before = await sessionCookie(page);
    await page.getByRole("button", { name: "Connect Google" }).press("Enter");
    await page.getByRole("button", { name: /Grace Hopper/ }).press("Enter");

    await status(page, "Google is connected").waitFor();
    await page.getByText("Connected as grace@example.com since").waitFor();
    await expectAccessible(page);
    expect(await sessionCookie(page)).toBe(before);
    expect(await linksOf(account.email)).toEqual([{ provider: "google", provider_email: "grace@example.com" }]);
    const subjects = () =>
      server()
        .mails.to(account.email)
        .map(({ subject }) => subject);
    await expect.poll(subjects).toContain("Google was connected to your account");

    await page.getByRole("button", { name: "Disconnect Google, grace@example.com" }).press("Enter");
    await page.getByRole("alertdialog", { name: "Disconnect Google?" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Disconnect", exact: true }).press("Enter");
    await status(page, "Google is disconnected").waitFor();
    await page.getByText("Not connected").waitFor();
    expect(await linksOf(account.email)).toEqual([]);
  });

  it("can't be somebody else's, and the last way to sign in stays", async () => {
    const owner = await browser.visit(server().origin);
    await continueWithGoogle(owner, /Ada Lovelace/);
    await expectPath(owner, "/dashboard");
    await owner.goto("/settings/connections");
    await owner.getByText("This is your only way to sign in").waitFor();
    expect(await owner.getByRole("button", { name: /^Disconnect/ }).count()).toBe(0);

    const account = await createAccount(server());
    const page = await settled(account);
    await page.getByRole("button", { name: "Connect Google" }).click();
    await page.getByRole("button", { name: /^Refuse consent/ }).click();
    await status(page, "You cancelled").waitFor();
    await expectPath(page, "/settings/connections");
    await page.getByRole("button", { name: "Connect Google" }).click();
    await page.getByRole("button", { name: /Ada Lovelace/ }).click();
    await page.getByRole("alert").filter({ hasText: "belongs to another account here" }).waitFor();
    expect(await linksOf(account.email)).toEqual([]);
    await page.goto("/dashboard");
    await expectPath(page, "/dashboard");
  });
});

describeInBrowser("somebody who comes from Google with the address of an account", () => {
  it("proves the account first, then connects it with one press, and comes in either way", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Continue with Google" }).click();
    await choose(page, account.email.toUpperCase());
    await expectPath(page, "/link-account");
    await page.getByRole("heading", { name: "You already have an account" }).waitFor();
    await expectAccessible(page);
    expect(await sessionCookie(page)).toBeUndefined();
    await page.getByRole("link", { name: "Sign in to your account" }).click();
    await page.getByText("The next step connects the two").waitFor();
    await signInOnPage(page, account);
    await page.getByRole("heading", { name: "Connect Google?" }).waitFor();
    await expectAccessible(page);
    expect(await linksOf(account.email)).toEqual([]);
    await page.getByRole("button", { name: "Connect Google" }).click();
    await status(page, "Google is connected").waitFor();
    expect(await linksOf(account.email)).toHaveLength(1);

    const elsewhere = await browser.visit(server().origin);
    await elsewhere.goto("/sign-in");
    await elsewhere.getByRole("button", { name: "Continue with Google" }).click();
    await choose(elsewhere, account.email);
    await expectPath(elsewhere, "/dashboard");
    await elsewhere.getByRole("heading", { name: `Hello, ${account.name}` }).waitFor();
  });

  it("can't connect it as somebody else, and may leave it", async () => {
    const [account, other] = [await createAccount(server()), await createAccount(server())];
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Continue with Google" }).click();
    await choose(page, account.email);
    await page.getByRole("link", { name: "Sign in to your account" }).click();
    await signInOnPage(page, other);
    await page.getByRole("heading", { name: "You are signed in to another account" }).waitFor();
    await page.getByRole("button", { name: "Sign out and go on" }).click();
    await page.getByRole("heading", { name: "You already have an account" }).waitFor();
    await page.getByRole("button", { name: "Don't connect" }).click();

    await expectPath(page, "/sign-in");
    await page.goto("/link-account");
    await page.getByRole("heading", { name: "Nothing to connect" }).waitFor();
    expect([...(await linksOf(account.email)), ...(await linksOf(other.email))]).toEqual([]);
  });
});
