import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect, it } from "vitest";

import { createAccount, newAddress } from "../support/accounts";
import { describeInBrowser, expectAccessible, expectNoSidewaysScroll, useBrowser } from "../support/browser";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

const server = useServer();
const browser = useBrowser();

const picture = async (background: string) => ({
  name: "me.png",
  mimeType: "image/png",
  buffer: await sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .png()
    .toBuffer(),
});

describeInBrowser("a person's picture", () => {
  it("is chosen by keyboard, replaced, refused when it is none, and removed", async () => {
    const page = await signIn(await browser.visit(server().origin), await createAccount(server()));
    await page.goto("/profile");
    const picker = page.getByLabel(/Choose (a|another) picture/);
    const shown = page.locator("main img");

    await picker.setInputFiles(await picture("#d02020"));
    await page.getByRole("button", { name: "Save the picture" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Your picture is saved.").waitFor();
    const first = await shown.getAttribute("src");
    expect(await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(256);
    await expect.poll(() => page.locator("header img").getAttribute("src")).toBe(first);
    await expectAccessible(page);

    await picker.setInputFiles(await picture("#2020d0"));
    await page.getByRole("button", { name: "Save the picture" }).click();
    await expect.poll(() => shown.getAttribute("src")).not.toBe(first);

    await picker.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
    await page.getByRole("button", { name: "Save the picture" }).click();
    await page.getByText("This is not a JPEG, PNG, WebP or GIF file").waitFor();
    expect(await picker.evaluate((input) => input === document.activeElement)).toBe(true);

    await page.getByRole("button", { name: "Remove the picture" }).click();
    await page.getByText("Your picture is removed.").waitFor();
    await expect.poll(() => page.locator("img").count()).toBe(0);
  });

  it("that is too large is told of before it is sent", async () => {
    const page = await signIn(await browser.visit(server().origin, { width: 390 }), await createAccount(server()));
    await page.goto("/profile");
    const file = { name: "me.png", mimeType: "image/png", buffer: Buffer.alloc(5 * 1024 * 1024 + 1) };
    await page.getByLabel("Choose a picture").setInputFiles(file);

    await page.getByText("This file is larger than 5 MB.").waitFor();
    await expectNoSidewaysScroll(page);
  });

  it("is saved without JavaScript too", async () => {
    const visitor = { javaScriptEnabled: false };
    const page = await signIn(await browser.visit(server().origin, visitor), await createAccount(server()));
    await page.goto("/profile");
    await page.getByLabel("Choose a picture").setInputFiles(await picture("#d02020"));
    await page.getByRole("button", { name: "Save the picture" }).click();
    await page.getByText("Your picture is saved.").waitFor();
    expect(await page.locator("main img").getAttribute("src")).toMatch(/^\/avatars\//);

    const file = { name: "me.png", mimeType: "image/png", buffer: Buffer.alloc(7 * 1024 * 1024) };
    await page.getByLabel("Choose another picture").setInputFiles(file);
    await page.getByRole("button", { name: "Save the picture" }).click();
    await page.getByText("This file is larger than 5 MB.").waitFor();
  });
});

/** As somebody whom no other test knows. */
async function comeByGoogle(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await page.getByLabel("Name").fill("Somebody New");
  await page.getByLabel("E-mail", { exact: true }).fill(newAddress());
  await page.getByLabel("The e-mail address is verified").check();
  await page.getByRole("button", { name: "Sign in as this person" }).click();
  await page.waitForURL(/\/dashboard$/);
}

describeInBrowser("a provider's picture", () => {
  it("is taken by a button, without JavaScript too, and is served from here from then on", async () => {
    const page = await browser.visit(server().origin, { javaScriptEnabled: false, width: 390 });
    await comeByGoogle(page);
    await page.goto("/profile");
    const shown = page.locator("main img");
    expect(await shown.count()).toBe(0);
    await page.getByRole("button", { name: "Use the picture from Google" }).click();
    await page.getByText("Your picture is saved.").waitFor();

    expect(await shown.getAttribute("src")).toMatch(/^\/avatars\//);
    await expectNoSidewaysScroll(page);
  });

  it("isn't taken from somebody else's connection (A13)", async () => {
    const theirs = await browser.visit(server().origin);
    await comeByGoogle(theirs);
    await theirs.goto("/profile");
    const id = await theirs.locator('[name="connection"]').inputValue();

    const page = await browser.visit(server().origin);
    await comeByGoogle(page);
    await page.goto("/profile");
    // At once, lest the page put its own value back in between.
    await page.locator('[name="connection"]').evaluate((input: HTMLInputElement, value) => {
      input.value = value;
      input.form?.requestSubmit();
    }, id);
    await page.getByText("There is no picture at this provider any more.").waitFor();
    await expectAccessible(page);
  });
});

describeInBrowser("language and time", () => {
  it("are the person's at once, on every page and without scripts, and go back to what the browser says", async () => {
    const account = await createAccount(server());
    const page = await signIn(await browser.visit(server().origin), account);
    await page.goto("/profile");
    await page.getByLabel("Language").focus();
    await page.keyboard.type("Deutsch");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Kath");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const card = page.locator("section", { hasText: "Sprache und Zeit" });
    await card.getByText("Gespeichert.").waitFor();
    expect(await page.getByLabel("Sprache").inputValue()).toBe("de-DE");
    expect(await page.getByLabel("Zeitzone").inputValue()).toMatch(/^Asia\/Kat/);
    await expect.poll(() => card.locator("time").innerText()).toMatch(/ um .* GMT\+5:45$/);
    await page
      .getByRole("navigation", { name: "Hauptnavigation" })
      .getByRole("link", { name: "Einstellungen" })
      .waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    await expectAccessible(page);

    const plain = await signIn(await browser.visit(server().origin, { javaScriptEnabled: false }), account);
    expect(await plain.locator("time").first().innerText()).toMatch(/ um .* GMT\+5:45$/);
    await plain.goto("/profile");
    await plain.getByLabel("Sprache").selectOption("Wie mein Browser");
    await plain.getByLabel("Zeitzone").selectOption("Wie mein Browser");
    await plain.getByRole("button", { name: "Sprache und Zeit speichern" }).click();
    await plain.getByText("Saved.").waitFor();
    await plain.goto("/dashboard");
    expect(await plain.locator("time").first().innerText()).toMatch(/ at .* UTC$/);
  });

  it("turn the page around, and its menu with it, for a language that is written from the right", async () => {
    const page = await signIn(await browser.visit(server().origin, { width: 390 }), await createAccount(server()));
    await page.goto("/profile");
    await page.getByLabel("Language").selectOption("ar-EG");
    await page.getByRole("button", { name: "Save language and time" }).click();
    await page.getByText("تم الحفظ.").waitFor();
    await expect.poll(() => page.locator("html").getAttribute("dir")).toBe("rtl");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    const button = page.locator("header button");
    await button.click();
    const menu = page.getByRole("menu", { name: "الحساب" });
    await menu.getByRole("menuitem", { name: "تسجيل الخروج" }).waitFor();
    // Below the button and flush with its outer edge, which is the left one.
    const [from, below] = [await button.boundingBox(), await menu.boundingBox()];
    expect(Math.abs((from?.x ?? 0) - (below?.x ?? 99))).toBeLessThan(2);
  });
});

describeInBrowser("a form of the profile", () => {
  it("changes nothing that it doesn't show, whatever is put into it (A94)", async () => {
    const account = await createAccount(server());
    const page = await signIn(await browser.visit(server().origin), account);
    await page.goto("/profile");
    const before = await rowOf(account.email);
    await page.evaluate(() => {
      // What no form has at all is refused: tests/attack/mass-assignment.test.ts. These are other forms' fields.
      const all = { id: "x", version: "99", email: "eve@evil.test", session: "x", connection: "x", code: "000000" };
      for (const form of document.querySelectorAll("main form")) {
        for (const [name, value] of Object.entries(all)) {
          const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
          if (!form.querySelector(`[name="${name}"]`)) form.append(input);
        }
      }
    });
    await page.getByLabel("Name", { exact: true }).fill("<b>Eve</b>");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("section", { hasText: "About you" }).getByText("Saved.").waitFor();
    await page.getByRole("button", { name: "Save language and time" }).click();
    await page.locator("section", { hasText: "Language and time" }).getByText("Saved.").waitFor();

    const { claims_version: version, updated_at: _, ...after } = await rowOf(account.email);
    expect({ ...after, name: "", updated_at: null }).toEqual({
      ...before,
      name: "",
      updated_at: null,
      claims_version: undefined,
    });
    expect([after["name"], version]).toEqual(["<b>Eve</b>", 2]);
  });
});

async function rowOf(email: string): Promise<Record<string, unknown>> {
  const [row] = await server().database.query<Record<string, unknown>>("SELECT * FROM users WHERE email = $1", [email]);
  return row ?? {};
}
