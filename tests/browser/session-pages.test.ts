import { it } from "vitest";

import { createAccount, type TestAccount } from "../support/accounts";
import {
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  useBrowser,
  type Visitor,
} from "../support/browser";
import { useServer } from "../support/server";
import { STALENESS_MS, signIn } from "../support/signed-in-page";

const server = useServer();
const browser = useBrowser();

// Colours don't depend on the width, nor the layout on the colours: two looks show what four would.
const LOOKS = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 390 },
] as const;

const signedIn = async (account: TestAccount, visitor: Visitor = {}) =>
  signIn(await browser.visit(server().origin, visitor), account);

describeInBrowser.each(LOOKS)("$colorScheme, $width pixels wide", (look) => {
  it("the pages and their dialog have no violation", async () => {
    const account = await createAccount(server());
    const page = await signedIn(account, look);
    const other = await signedIn(account);
    const check = async () => {
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    };
    for (const path of ["/settings/sessions", "/settings/sessions/details", "/re-authenticate"]) {
      await page.goto(path);
      await check();
    }
    await page.goto("/settings/sessions?confirm=others");
    await page.getByRole("alertdialog").waitFor();
    await expectAccessible(page, "[role=alertdialog]");
    await page.getByRole("button", { name: "End it" }).click();
    await page.getByText("all sessions but this one").waitFor();
    await check();

    await other.context().close();
  });

  it("nor has the sign-in page when it says why", async () => {
    const account = await createAccount(server());
    const [page, other] = [await signedIn(account, look), await signedIn(account)];
    await other.goto("/settings/sessions?confirm=others");
    await other.getByRole("button", { name: "End it" }).click();
    await other.getByText("all sessions but this one").waitFor();
    await page.waitForTimeout(STALENESS_MS);
    await page.goto("/dashboard");
    await page.getByText("ended from another device").waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});
