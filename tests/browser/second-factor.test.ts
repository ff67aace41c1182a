import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { addSeconds } from "@/lib/clock";
import arabic from "@/messages/ar/security.json";
import { codeAt, wrongCodeAt } from "../features/second-factor/factor";
import { createAccount, type TestAccount } from "../support/accounts";
import { lowerPage } from "../support/aged-cookie";
import { describeInBrowser, expectAccessible, expectNoSidewaysScroll, useBrowser } from "../support/browser";
import { expectPath, signInOnPage } from "../support/person";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";
import { addAuthenticator } from "../support/virtual-authenticator";

const PAGE = "/settings/security/second-factor";

const server = useServer();
const browser = useBrowser();

/** What the page shows to be typed into an app by hand. */
async function secretOn(page: Page): Promise<string> {
  const shown = await page.locator("p.select-all").textContent();
  return (shown ?? "").replaceAll(" ", "");
}

/** Turns it on, and leaves the page at the recovery codes. */
async function turnOn(page: Page): Promise<{ secret: string; recoveryCodes: string[] }> {
  await page.goto(PAGE);
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await page.getByRole("img", { name: /^QR code/ }).waitFor();
  const secret = await secretOn(page);
  await page.getByLabel("3. Type the code that it shows").fill(codeAt(secret, new Date()));
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  return { secret, recoveryCodes: await page.locator("ol.font-mono li").allTextContents() };
}

async function askedForCode(account: TestAccount, javaScriptEnabled = true): Promise<Page> {
  const page = await browser.visit(server().origin, { javaScriptEnabled });
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent("/profile")}`);
  await signInOnPage(page, account);
  await expectPath(page, "/second-factor");
  return page;
}

describeInBrowser("two-step sign-in", () => {
  it("is set up, kept, asked for and turned off", async () => {
    const account = await createAccount(server());
    const page = await signIn(await browser.visit(server().origin), account);
    await page.goto("/settings/security");
    await page.getByRole("link", { name: "Set up two-step sign-in" }).click();
    await expectPath(page, PAGE);
    await page.getByRole("button", { name: "Set up an authenticator app" }).click();
    await page.getByRole("img", { name: /^QR code/ }).waitFor();
    await expectAccessible(page);
    const secret = await secretOn(page);
    await page.getByLabel("3. Type the code that it shows").fill(wrongCodeAt(secret, new Date()));
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByRole("alert").filter({ hasText: "This code is wrong" }).waitFor();
    await page.getByLabel("3. Type the code that it shows").fill(codeAt(secret, new Date()));
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByText("Two-step sign-in is on, and you were signed out everywhere else.").waitFor();
    await expectAccessible(page);
    const recoveryCodes = await page.locator("ol.font-mono li").allTextContents();
    expect(recoveryCodes).toHaveLength(10);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("recovery-codes.txt");

    // The codes are shown once: the same page says only how many are left.
    await page.reload();
    await page.getByText("10 codes are left.").waitFor();
    for (const code of recoveryCodes) expect(await page.content()).not.toContain(code);
    await expectAccessible(page);

    const other = await askedForCode(account);
    await expectAccessible(other);
    await other.getByLabel("Code", { exact: true }).fill(codeAt(secret, addSeconds(new Date(), 30)));
    await other.getByLabel("Trust this device: don't ask for a code here for 30 days").check();
    await other.getByRole("button", { name: "Sign in" }).click();
    await expectPath(other, "/profile");

    await page.reload();
    await page.getByRole("button", { name: /^Stop trusting/ }).click();
    await page.getByText("Done: that device is asked for a code").waitFor();
    await page.getByLabel("Code of your app, or a recovery code").fill(recoveryCodes[4] ?? "");
    await page.getByRole("button", { name: "Turn off" }).click();
    await page.getByText("Two-step sign-in is off. Your recovery codes are worth nothing now.").waitFor();
    const third = await browser.visit(server().origin);
    await signIn(third, account);
  });

  it("is passed with the keyboard alone, by recovery code", async () => {
    const account = await createAccount(server());
    const { recoveryCodes } = await turnOn(await signIn(await browser.visit(server().origin), account));
    const page = await askedForCode(account);
    await page.getByRole("link", { name: "Use a recovery code" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Use a recovery code" }).waitFor();
    await page.getByLabel("Recovery code").focus();
    await page.keyboard.type("0000-0000");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "This code is wrong" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-form-message"));
    await page.keyboard.press("Tab");
    await page.keyboard.type(recoveryCodes[0] ?? "");
    await page.keyboard.press("Enter");
    await expectPath(page, "/profile");
  });

  it("works without scripts, on a narrow screen too", async () => {
    const account = await createAccount(server());
    const visitor = { javaScriptEnabled: false, width: 390 };
    const page = await signIn(await browser.visit(server().origin, visitor), account);
    const { secret, recoveryCodes } = await turnOn(page);
    expect(recoveryCodes).toHaveLength(10);
    await expectNoSidewaysScroll(page);
    const other = await askedForCode(account, false);
    await other.getByLabel("Code", { exact: true }).fill(codeAt(secret, addSeconds(new Date(), 30)));
    await other.getByRole("button", { name: "Sign in" }).click();
    await expectPath(other, "/profile");
  });

  it("is set up in Arabic, where a secret and recovery codes are written from the left all the same", async () => {
    const { begin, setUp, codes } = arabic.secondFactor.form;
    const account = await createAccount(server());
    await server().database.query("UPDATE users SET locale = 'ar' WHERE email = $1", [account.email]);
    const page = await signIn(await browser.visit(server().origin, { width: 390 }), account);
    const direction = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).direction);

    await page.goto(PAGE);
    await page.getByRole("button", { name: begin.submit }).click();
    await page.getByRole("img", { name: setUp.picture }).waitFor();
    expect([await direction("main"), await direction("p.select-all > *")]).toEqual(["rtl", "ltr"]);
    await expectNoSidewaysScroll(page);
    await page.getByLabel(setUp.type).fill(codeAt(await secretOn(page), new Date()));
    await page.getByRole("button", { name: setUp.submit }).click();

    await page.getByRole("heading", { name: codes.title }).waitFor();
    expect(await direction("ol.font-mono li > *")).toBe("ltr");
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: codes.download }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(codes.fileName);
  });

  it("is passed with a passkey, at sign-in and later, and says when one is not taken (A60)", async () => {
    const account = await createAccount(server());
    const page = await signIn(await browser.visit(server().origin), account);
    const authenticator = await addAuthenticator(page);
    await page.goto("/settings/security");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText(/^Added: /).waitFor();
    await turnOn(page);
    await page.context().clearCookies();
    // The authenticator confirms at once, so that nothing is offered at the sign-in page.
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
    });
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent("/profile")}`);
    await signInOnPage(page, account);
    await expectPath(page, "/second-factor");
    await expectAccessible(page);
    const usePasskey = page.getByRole("button", { name: "Use a passkey" });
    // As after a copy of it was used: this one's counter stays behind.
    await server().database.query("UPDATE passkeys SET counter = counter + 100");
    await usePasskey.click();
    await page.getByRole("alert").filter({ hasText: "This passkey isn't known here" }).waitFor();
    await server().database.query("UPDATE passkeys SET counter = 0");
    await usePasskey.click();
    await expectPath(page, "/profile");
    expect(await authenticator.credentials()).toHaveLength(1);

    await lowerPage(page);
    await page.goto("/settings/privacy/delete");
    await expectPath(page, "/second-factor");
    await usePasskey.click();
    await expectPath(page, "/settings/privacy/delete");
  });

  it("says so when no sign-in waits for it", async () => {
    const page = await browser.visit(server().origin);
    await page.goto("/second-factor?callbackUrl=/profile");
    await page.getByRole("heading", { name: "Sign in again" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Go to sign in" }).click();
    await expectPath(page, "/sign-in");
    expect(page.url()).toContain("callbackUrl=%2Fprofile");
  });
});
