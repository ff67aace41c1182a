import sharp from "sharp";
import { expect, it } from "vitest";

import { createAccount } from "../support/accounts";
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
