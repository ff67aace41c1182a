import { expect, it } from "vitest";

import { createAccount } from "../support/accounts";
import { describeInBrowser, useBrowser } from "../support/browser";
import { confirmOnPage, continueWithGoogle, expectPath } from "../support/person";
import { useServer } from "../support/server";

const server = useServer();
const browser = useBrowser();

const linksOf = (email: string) =>
  server().database.query(
    "SELECT provider FROM accounts JOIN users ON users.id = accounts.user_id WHERE users.email = $1",
    [email],
  );
const usersWith = (email: string) => server().database.query("SELECT email FROM users WHERE email = $1", [email]);

describeInBrowser("with Google, played by the development identity provider", () => {
  it("a person with a verified address is signed in, and is the same person the next time", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Ada Lovelace/);
    await expectPath(page, "/dashboard");
    await page.getByRole("heading", { name: "Hello, Ada Lovelace" }).waitFor();

    const elsewhere = await browser.visit(server().origin);
    await continueWithGoogle(elsewhere, /Ada Lovelace/);
    await expectPath(elsewhere, "/dashboard");
    expect(await usersWith("ada@example.com")).toHaveLength(1);
    expect(await linksOf("ada@example.com")).toEqual([{ provider: "google" }]);
  });

  it("two tabs at once each arrive where they were going", async () => {
    const first = await browser.visit(server().origin);
    const second = await first.context().newPage();
    const tabs = [
      { tab: first, path: "/profile" },
      { tab: second, path: "/settings/sessions" },
    ];
    for (const { tab, path } of tabs) {
      await tab.goto(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
      await tab.getByRole("button", { name: "Continue with Google" }).click();
      await tab.getByRole("heading", { name: /^Who signs in/ }).waitFor();
    }
    for (const { tab, path } of tabs) {
      await tab.getByRole("button", { name: /Ada Lovelace/ }).click();
      await expectPath(tab, path);
    }
  });

  it("two people are two accounts", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Grace Hopper/);
    await page.getByRole("heading", { name: "Hello, Grace Hopper" }).waitFor();
    const other = await browser.visit(server().origin);
    await continueWithGoogle(other, /Ada Lovelace/);
    await other.getByRole("heading", { name: "Hello, Ada Lovelace" }).waitFor();
  });

  it("a person with an unverified address confirms it by mail, and is signed in only then", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Charles Babbage/);
    await page.getByRole("heading", { name: "One more step: confirm your address" }).waitFor();
    expect(await usersWith("charles@example.com")).toEqual([]);
    await page.goto("/dashboard");
    await expectPath(page, "/sign-in");

    await confirmOnPage(page, server(), "charles@example.com");
    await continueWithGoogle(page, /Charles Babbage/);
    await expectPath(page, "/dashboard");
  });

  it("a person without an address is told that one is needed", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Someone without an e-mail/);

    await page.getByRole("heading", { name: "We need an e-mail address" }).waitFor();
    await page.goto("/dashboard");
    await expectPath(page, "/sign-in");
  });

  it("a person who refuses consent is told that nothing happened, and can try again", async () => {
    const page = await browser.visit(server().origin);
    await continueWithGoogle(page, /Refuse consent/);
    await page.getByRole("heading", { name: "You were not signed in" }).waitFor();
    await page.getByRole("link", { name: "Try again" }).click();

    await expectPath(page, "/sign-in");
  });

  it.each([true, false])(
    "somebody with the address of a password account is never let into it (verified there: %s)",
    async (verified) => {
      const { email } = await createAccount(server());
      const page = await browser.visit(server().origin);
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Continue with Google" }).click();
      await page.getByLabel("Name").fill("Somebody Else");
      await page.getByLabel("E-mail", { exact: true }).fill(email);
      if (verified) await page.getByLabel("The e-mail address is verified").check();
      else await page.getByLabel("The e-mail address is verified").uncheck();
      await page.getByRole("button", { name: "Sign in as this person" }).click();
      await expectPath(page, verified ? "/link-account" : "/auth-error");

      expect(await linksOf(email)).toEqual([]);
      await page.goto("/dashboard");
      await expectPath(page, "/sign-in");
    },
  );
});
