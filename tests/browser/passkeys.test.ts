import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { createAccount } from "../support/accounts";
import { agePage } from "../support/aged-cookie";
import { describeInBrowser, expectAccessible, expectGoodInEachLook, useBrowser } from "../support/browser";
import { expectPath } from "../support/person";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";
import { addAuthenticator } from "../support/virtual-authenticator";

const HOUR_SECONDS = 3600;

const server = useServer();
const browser = useBrowser();

const addPasskey = (page: Page) => page.getByRole("button", { name: "Add a passkey" });
const useAPasskey = (page: Page) => page.getByRole("button", { name: "Sign in with a passkey" });

/** Somebody on the security page, with an authenticator, and a passkey in it if wanted. */
async function owner({ passkey = true } = {}) {
  const account = await createAccount(server());
  const page = await signIn(await browser.visit(server().origin), account, "/settings/security");
  const authenticator = await addAuthenticator(page);
  if (passkey) {
    await addPasskey(page).click();
    await page.getByText(/^Added: /).waitFor();
  }
  return { account, page, authenticator };
}

/** Somebody with a passkey, who was signed out. */
async function signedOut(): Promise<Page> {
  const { page } = await owner();
  await page.context().clearCookies();
  return page;
}

/** The sign-in page of a browser that offers no passkey by itself: the authenticator, which confirms at once, waits for the button. */
async function atTheButton(): Promise<Page> {
  const page = await signedOut();
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  await page.goto("/sign-in");
  return page;
}

describeInBrowser("somebody with a passkey", () => {
  it("adds, renames and removes it by the keyboard alone", async () => {
    const { page, authenticator } = await owner({ passkey: false });
    await addPasskey(page).focus();
    await page.keyboard.press("Enter");
    await page.getByText(/^Added: Chrom\w+ on Linux/).waitFor();
    await page.getByText("Not used yet").waitFor();
    expect(await authenticator.credentials()).toMatchObject([{ rpId: "localhost", isResidentCredential: true }]);

    await page.getByRole("link", { name: /^Rename / }).focus();
    await page.keyboard.press("Enter");
    const name = page.getByLabel("Name of this passkey");
    await name.waitFor();
    await name.fill("Desk");
    await page.keyboard.press("Enter");
    await page.getByText("The passkey has its new name.").waitFor();

    await page.getByRole("button", { name: "Remove Desk" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog", { name: "Remove Desk?" }).waitFor();
    await page.getByRole("button", { name: "Remove passkey" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("The passkey is removed.").waitFor();
    expect(await page.getByText("Desk").count()).toBe(0);
  });

  it("has a list without a violation", async () => {
    const { page } = await owner();

    await expectGoodInEachLook(page);
  });

  it("signs in with the button, without typing", async () => {
    const page = await atTheButton();
    expect(await page.getByLabel("E-mail address").getAttribute("autocomplete")).toBe("username webauthn");
    await useAPasskey(page).click();

    await expectPath(page, "/dashboard");
    await page.goto("/settings/sessions");
    await page.getByText("Signed in with a passkey").first().waitFor();
  });

  it("signs in by choosing it where the browser offers it", async () => {
    const page = await signedOut();
    // The virtual authenticator chooses as soon as it is asked.
    await page.goto("/sign-in");

    await expectPath(page, "/dashboard");
  });

  it("signs in with the button while the quiet offer is on its way, which then doesn't ask a second time", async () => {
    const page = await signedOut();
    const uses: string[] = [];
    let [options, release] = [0, () => {}];
    const pressed = new Promise<void>((resolve) => {
      release = resolve;
    });
    // The quiet offer's options come only after the button was pressed, and the button's answer waits for them.
    const quiet = new Promise<void>((resolve) => {
      void page.route("**/api/passkeys/authentication-options", async (route) => {
        options += 1;
        if (options > 1) return route.continue();
        await pressed;
        await route.fulfill({ response: await route.fetch() });
        resolve();
      });
    });
    await page.route("**/api/sign-in/passkey", async (route) => {
      uses.push(route.request().method());
      await quiet;
      // As long as a second one would take to come: the authenticator chooses at once.
      await page.waitForTimeout(500);
      await route.continue();
    });
    await page.goto("/sign-in");
    await expect.poll(() => options).toBe(1);
    await useAPasskey(page).click();
    await expect.poll(() => options).toBe(2);
    release();

    await expectPath(page, "/dashboard");
    expect(uses).toEqual(["POST"]);
  });

  it("confirms with it that it's them, and is back where they were going", async () => {
    const { page } = await owner();
    await agePage(page, HOUR_SECONDS);
    await page.goto("/settings/sessions/details");
    await expectPath(page, "/re-authenticate");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Confirm with a passkey" }).click();

    await expectPath(page, "/settings/sessions/details");
  });

  it("is told that a copy is not taken (A60)", async () => {
    const page = await atTheButton();
    // The original has counted on meanwhile.
    await server().database.query("UPDATE passkeys SET counter = 100");
    await useAPasskey(page).click();

    await page.getByRole("alert").filter({ hasText: "This passkey isn't known here" }).waitFor();
    await expectPath(page, "/sign-in");
  });
});

describeInBrowser("somebody without a passkey", () => {
  it("is told so, and can still type", async () => {
    const page = await browser.visit(server().origin);
    await addAuthenticator(page);
    await page.goto("/sign-in");
    await useAPasskey(page).click();

    await page.getByRole("alert").filter({ hasText: "there is none for this site on this device" }).waitFor();
    await expectAccessible(page);
  });

  it("sees no button that would do nothing without scripts", async () => {
    const page = await browser.visit(server().origin, { javaScriptEnabled: false });
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();

    expect(await useAPasskey(page).count()).toBe(0);
  });
});
