import { expect, it } from "vitest";

import { translatorFor } from "@/lib/i18n/translator";
import { createAccount, GOOD_PASSWORD, newAddress, signUpOnly } from "../support/accounts";
import { describeInBrowser, expectGoodInEachLook, useBrowser } from "../support/browser";
import { tokenIn } from "../support/mails";
import { confirmOnPage, expectPath, signInOnPage, signUpOnPage } from "../support/person";
import { useServer } from "../support/server";

const server = useServer();
const browser = useBrowser();

describeInBrowser("with e-mail and password", () => {
  it("a person signs up, opens the mail in the mailbox, confirms, signs in, changes the name, and signs out", async () => {
    const page = await browser.visit(server().origin);
    const account = { email: newAddress(), password: GOOD_PASSWORD, name: "Grace Murray" };
    await page.goto("/");
    await page.getByRole("link", { name: "Create account" }).click();
    await expectPath(page, "/sign-up");
    await signUpOnPage(page, account);

    await server().mails.next(account.email);
    await page.getByRole("link", { name: "Open the development mailbox" }).click();
    await page.getByRole("listitem").filter({ hasText: account.email }).getByRole("link").first().click();
    await page
      .getByRole("region", { name: "Links in this mail" })
      .getByRole("link", { name: /verify-email/ })
      .click();
    await page.getByRole("button", { name: "Confirm my e-mail address" }).click();
    await page.getByText("Your e-mail address is confirmed").waitFor();

    await signInOnPage(page, account);
    await expectPath(page, "/dashboard");
    await page.getByRole("heading", { name: "Hello, Grace Murray" }).waitFor();

    await page.getByRole("link", { name: "Profile", exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill("Grace Hopper");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("link", { name: "Dashboard", exact: true }).click();
    await page.getByRole("heading", { name: "Hello, Grace Hopper" }).waitFor();

    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByText("You are signed out").waitFor();
    // The browser stays a known one: the next sign-in here is no news.
    expect((await page.context().cookies()).map(({ name }) => name)).toContain("latchkey.device");
    await page.goto("/dashboard");
    await expectPath(page, "/sign-in");
  });

  it("a person who stayed signed in is known by name the next time, until somebody says that they aren't them", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in");
    await page.getByLabel("Keep me signed in on this device").check();
    await signInOnPage(page, account);
    await expectPath(page, "/dashboard");
    const known = await page.context().cookies();
    await page.context().clearCookies({ name: /session/ });

    await page.goto("/sign-in");
    await page.getByText(`Welcome back, ${account.name}.`).waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(account.email);
    expect(await page.locator("p", { hasText: /^Last used$/ }).count()).toBe(1);
    await expectGoodInEachLook(page);

    await page.getByRole("button", { name: "That’s not me" }).click();
    await page.getByText("Good to see you again.").waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe("");
    // Whoever kept the cookie is nobody either.
    await page.context().addCookies(known.filter(({ name }) => name === "latchkey.device"));
    await page.reload();
    await page.getByText("Good to see you again.").waitFor();
  });

  it("a person who misspells their mail provider is asked whether they meant the right one", async () => {
    const page = await browser.visit(server().origin);
    await page.goto("/sign-up");
    const field = page.getByLabel("E-mail address");
    await field.fill("ada.lovelace@gmial.com");
    await field.press("Tab");
    await page.getByRole("button", { name: "Did you mean ada.lovelace@gmail.com?" }).press("Enter");

    expect(await field.inputValue()).toBe("ada.lovelace@gmail.com");
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    await field.press("Tab");
    expect(await page.getByRole("button", { name: /^Did you mean/ }).count()).toBe(0);
  });

  it("a person who asked for a page is brought to it after signing in", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/profile");
    await expectPath(page, "/sign-in");
    await signInOnPage(page, account);

    await expectPath(page, "/profile");
    await page.getByRole("heading", { name: "About you" }).waitFor();
  });

  it("a link from an attacker does not lead away after signing in (A76)", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in?callbackUrl=https%3A%2F%2Fevil.example%2F");
    await signInOnPage(page, account);
    await page.getByRole("heading", { name: /^Hello/ }).waitFor();

    expect(new URL(page.url()).origin).toBe(server().origin);
  });

  it("a wrong password is told without emptying the address, and the password is not shown again", async () => {
    const { email } = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in");
    await signInOnPage(page, { email, password: "not the right passphrase" });
    await page.getByRole("alert").filter({ hasText: "don't go together" }).waitFor();

    expect(await page.getByLabel("E-mail address").inputValue()).toBe(email);
    expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("");
    expect(await page.content()).not.toContain("not the right passphrase");
  });

  it("a person who has not confirmed yet can ask for the mail again, right where it is said", async () => {
    const account = await signUpOnly(server());
    await server().mails.next(account.email);
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in");
    await signInOnPage(page, account);
    await page.getByRole("alert").filter({ hasText: "isn't confirmed yet" }).waitFor();
    await page.getByRole("button", { name: "Send a new confirmation mail" }).click();
    await page.getByText("a new mail is on its way").waitFor();
    await confirmOnPage(page, server(), account.email);

    await signInOnPage(page, account);
    await expectPath(page, "/dashboard");
  });

  it("a link that was used is told so, with a way on", async () => {
    const account = await signUpOnly(server());
    const page = await browser.visit(server().origin);
    await confirmOnPage(page, server(), account.email);
    await page.goBack();
    await page.reload();
    await page.getByRole("button", { name: "Confirm my e-mail address" }).click();
    await page.getByRole("alert").filter({ hasText: "doesn't work any more" }).waitFor();

    expect(await page.getByRole("button", { name: "Send a new confirmation mail" }).isVisible()).toBe(true);
  });

  it("a sign-up with mistakes names each field, keeps what was typed, and puts the focus on the first", async () => {
    const page = await browser.visit(server().origin);
    await page.goto("/sign-up");
    await page.getByLabel("Your name (optional)").fill("Grace");
    await page.getByLabel("E-mail address").fill("grace@localhost");
    await page.getByLabel("Password", { exact: true }).fill("too short");
    await page.getByRole("button", { name: "Create account" }).click();
    const email = page.getByLabel("E-mail address");
    await page.locator('[aria-invalid="true"]').first().waitFor();

    expect(await email.getAttribute("aria-invalid")).toBe("true");
    expect(await email.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await page.getByLabel("Your name (optional)").inputValue()).toBe("Grace");
    const described = (await email.getAttribute("aria-describedby"))?.split(" ")[0];
    expect(await page.locator(`[id="${described}"]`).textContent()).toContain("Enter one e-mail address");
    expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("");
  });

  it("a suggested passphrase is taken", async () => {
    const page = await browser.visit(server().origin);
    const email = newAddress();
    await page.goto("/sign-up");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Suggest a passphrase" }).click();
    await expect.poll(() => page.getByLabel("Password", { exact: true }).inputValue()).toMatch(/.{15,}/);
    const password = await page.getByLabel("Password", { exact: true }).inputValue();
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    await confirmOnPage(page, server(), email);
    await signInOnPage(page, { email, password });

    await expectPath(page, "/dashboard");
  });

  it("nothing in the browser's storage or in reach of its scripts is a token", async () => {
    const account = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in");
    await signInOnPage(page, account);
    await expectPath(page, "/dashboard");
    const reachable = await page.evaluate(() =>
      JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]),
    );
    const session = (await page.context().cookies()).find(({ name }) => name === "authjs.session-token");

    expect(session).toMatchObject({ httpOnly: true, path: "/" });
    expect(reachable).not.toContain(session?.value.slice(0, 40));
  });

  it("a person whose browser is German reads German: pages, what is wrong with a field, the mail, and what comes of it", async () => {
    const [auth, rules] = [await translatorFor("de", "auth"), await translatorFor("de", "rules")];
    const email = newAddress();
    const page = await browser.visit(server().origin, { locale: "de-AT" });
    await page.goto("/sign-up");
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
      "de",
      "ltr",
    ]);
    await page.locator("[name=email]").fill("grace@localhost");
    await page.locator("[name=password]").fill(GOOD_PASSWORD);
    await page.locator("main [type=submit]").last().click();
    await page.getByText(rules("fields.emailNotOneMailbox")).waitFor();
    await page.locator("[name=email]").fill(email);
    await page.locator("[name=password]").fill(GOOD_PASSWORD);
    await page.locator("main [type=submit]").last().click();

    const mail = await server().mails.next(email);
    expect(mail.subject).toBe("Bestätigen Sie Ihre E-Mail-Adresse");
    expect(mail.text).toContain("Der Link funktioniert einmal und 24 Stunden lang.");
    await page.goto(`/verify-email?token=${tokenIn(mail, "/verify-email")}`);
    await page.locator("main [type=submit]").first().click();
    await page.getByText(auth("signIn.notices.verified")).waitFor();
  });

  it("a person whose browser is Arabic reads from the right, and a client of the API reads English all the same", async () => {
    const auth = await translatorFor("ar", "auth");
    const page = await browser.visit(server().origin, { locale: "ar" });
    await page.goto("/sign-in");
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
      "ar",
      "rtl",
    ]);
    await page.getByRole("heading", { name: auth("signIn.title") }).waitFor();

    const headers = { "accept-language": "ar" };
    const [asked, english] = await Promise.all(
      [{ headers }, {}].map((options) => server().client().post("/api/sign-in", { email: "nobody" }, options)),
    );
    const said = async (response: Response | undefined) => ({ ...(await response?.json()), requestId: null });
    expect(await said(asked)).toEqual(await said(english));
  });
});
