import type { Page } from "playwright-core";

import type { TestAccount } from "./accounts";
import { expectPath, signInOnPage } from "./person";

/** After so long every instance knows of a revocation (`REVOCATION_MAX_STALENESS`). */
export const STALENESS_MS = 1000;

/** Signs in on a page of an empty browser, and stops at the dashboard. */
export async function signIn(page: Page, account: TestAccount): Promise<Page> {
  await page.goto("/sign-in");
  await signInOnPage(page, account);
  await expectPath(page, "/dashboard");
  return page;
}

/** Types the password where the page asks for it again. */
export async function confirmPassword(page: Page, account: TestAccount): Promise<void> {
  await expectPath(page, "/re-authenticate");
  await page.getByText(account.email).waitFor();
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
}
