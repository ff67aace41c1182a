import { expect, it } from "vitest";

import { describeInBrowser, useBrowser } from "../support/browser";
import { useServer } from "../support/server";

const server = useServer();
const browser = useBrowser();

describeInBrowser("the choice of a language", () => {
  it.each([true, false])(
    "is remembered by the browser alone, with scripts or without: %s",
    async (javaScriptEnabled) => {
      const page = await browser.visit(server().origin, { javaScriptEnabled, locale: "de" });
      await page.goto("/sign-in");
      await page.getByLabel("E-Mail-Adresse").fill("ada@example.com");
      await page.getByRole("button", { name: "العربية" }).click();
      await page.getByRole("heading", { level: 1, name: "تسجيل الدخول" }).waitFor();

      expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
      const typed = await page.locator("input[name=email]").inputValue();
      expect(typed).toBe(javaScriptEnabled ? "ada@example.com" : "");
      const cookie = (await page.context().cookies()).find(({ name }) => name === "latchkey.language");
      expect(cookie).toMatchObject({ value: "ar", path: "/", httpOnly: true, sameSite: "Lax" });
      await page.goto("/forgot-password");
      expect(await page.locator("html").getAttribute("lang")).toBe("ar");
    },
  );
});
