import type { Page } from "playwright-core";

import type { TestAccount } from "./accounts";
import { expectPath } from "./person";

/** After so long every instance knows of a revocation (`REVOCATION_MAX_STALENESS`). */
export const STALENESS_MS = 1000;

/** Signs a browser in past the form, and opens a page in it. */
export async function signIn(page: Page, { email, password }: TestAccount, path = "/dashboard"): Promise<Page> {
  // Of the browser's own: with its user agent, into its jar.
  const response = await page.request.post("/api/sign-in", {
    data: { email, password, remember: true },
    headers: { "sec-fetch-site": "same-origin" },
  });
  if (!response.ok()) throw new Error(`Sign-in answered ${response.status()}: ${await response.text()}`);
  await page.goto(path);
  return page;
}

/** Types the password where the page asks for it again. */
export async function confirmPassword(page: Page, account: TestAccount): Promise<void> {
  await expectPath(page, "/re-authenticate");
  await page.getByText(account.email).waitFor();
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
}
