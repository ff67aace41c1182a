import { expect, it } from "vitest";

import { createAccount, GOOD_PASSWORD, newAddress } from "../support/accounts";
import { describeInBrowser, expectGoodInEachLook, useBrowser } from "../support/browser";
import { signInOnPage } from "../support/person";
import { useServer } from "../support/server";

// A tenth of every limit: one wrong password, three sign-ups, three mails.
const server = useServer({ RATE_LIMIT_SCALE: "0.1" });
const browser = useBrowser();

describeInBrowser.each([{}, { javaScriptEnabled: false }])("at a limit, %o", (visitor) => {
  it("the sign-in page says how long to wait, keeps what was typed, and tells no account from none", async () => {
    const { email } = await createAccount(server());
    const page = await browser.visit(server().origin, visitor);
    for (const address of [email, newAddress()]) {
      await page.goto("/sign-in");
      await signInOnPage(page, { email: address, password: "not the right passphrase" });
      await page
        .getByRole("alert")
        .filter({ hasText: /don't go together|too many tries/ })
        .waitFor();
      await signInOnPage(page, { email: address, password: GOOD_PASSWORD });
      const said = page.getByRole("alert").filter({ hasText: "too many tries" });
      await said.waitFor();

      expect(await said.innerText()).toMatch(
        /^There were too many tries\. Wait 1[45] minutes, then try again\. Or choose a new password/,
      );
      expect(await page.getByLabel("E-mail address").inputValue()).toBe(address);
    }
    if ("javaScriptEnabled" in visitor) return;
    await expectGoodInEachLook(page);
  });

  it("asking for a mail says so too", async () => {
    const page = await browser.visit(server().origin, visitor);
    const said = page.getByRole("alert").filter({ hasText: "too many tries" });
    const email = newAddress();
    await page.goto("/forgot-password");
    for (let request = 0; request < 4 && !(await said.isVisible()); request++) {
      await page.goto("/forgot-password");
      await page.getByLabel("E-mail address").fill(email);
      await page.getByRole("button", { name: "Send me a link" }).click();
      await said.or(page.getByRole("heading", { name: "Check your mail" })).waitFor();
    }

    expect(await said.innerText()).toMatch(/^There were too many tries\. Wait (?:60|5\d) minutes, then try again\.$/);
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(email);
  });
});
