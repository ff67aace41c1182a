import type { Page } from "playwright-core";
import { expect } from "vitest";

import type { TestAccount } from "./accounts";
import { tokenIn } from "./mails";
import type { TestServer } from "./server";

/** What a person does on the pages, found by what the page calls it, as a screen reader would. */

/** Fills in the sign-up form, and stops at "Check your mail". */
export async function signUpOnPage(page: Page, { email, password, name }: TestAccount): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Your name (optional)").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
}

/** Opens the link of the mail that came, and confirms. */
export async function confirmOnPage(page: Page, server: TestServer, email: string): Promise<void> {
  const token = tokenIn(await server.mails.next(email), "/verify-email");
  await page.goto(`/verify-email?token=${token}`);
  await page.getByRole("button", { name: "Confirm my e-mail address" }).click();
  await page.getByText("Your e-mail address is confirmed").waitFor();
}

/** Fills in the sign-in form. */
export async function signInOnPage(
  page: Page,
  { email, password }: Pick<TestAccount, "email" | "password">,
): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Goes to the identity provider and chooses who to be there. */
export async function continueWithGoogle(page: Page, choice: string | RegExp): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await page.getByRole("heading", { name: /^Who signs in/ }).waitFor();
  await page.getByRole("button", { name: choice }).click();
}

/** The page's path is this, once navigation has settled. */
export async function expectPath(page: Page, path: string | RegExp): Promise<void> {
  await page.waitForURL((url) => (typeof path === "string" ? url.pathname === path : path.test(url.pathname)));
  expect(new URL(page.url()).pathname).toMatch(path);
}
