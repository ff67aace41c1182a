import { expect, it } from "vitest";

import { createAccount, newAddress } from "../support/accounts";
import { describeInBrowser, expectAccessible, useBrowser } from "../support/browser";
import { tokenIn } from "../support/mails";
import { expectPath } from "../support/person";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";

const server = useServer({ MAGIC_LINK: "on" });
const browser = useBrowser();

const codeIn = (text: string) => /\b\d{6}\b/.exec(text)?.[0] ?? "";

describeInBrowser("signing in by mail", () => {
  it("goes from the keyboard to the mail to the link, which works in this browser alone", async () => {
    const { email } = await createAccount(server());
    const page = await browser.visit(server().origin);
    await page.goto("/sign-in?callbackUrl=%2Fprofile");
    await page.getByRole("link", { name: "Mail me a sign-in link" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sign in by mail" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("E-mail address").focus();
    await page.keyboard.type(email);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    await expectAccessible(page);

    const link = `/magic-link?token=${tokenIn(await server().mails.next(email), "/magic-link")}`;
    const elsewhere = await browser.visit(server().origin, { colorScheme: "dark", width: 390 });
    await elsewhere.goto(link);
    await elsewhere.getByRole("heading", { name: "Another browser asked" }).waitFor();
    await expectAccessible(elsewhere);

    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(SESSION_COOKIE);
    await page.getByRole("button", { name: "Sign in" }).focus();
    await page.keyboard.press("Enter");
    await expectPath(page, "/dashboard");
    await page.getByText("With a link sent by mail").waitFor();

    await elsewhere.goto(link);
    await elsewhere.getByRole("alert").filter({ hasText: "This link doesn't work any more" }).waitFor();
  });

  it("takes the code in place of the link, without JavaScript, and goes where somebody wanted to", async () => {
    const { email } = await createAccount(server());
    const page = await browser.visit(server().origin, { javaScriptEnabled: false });
    await page.goto("/magic-link?callbackUrl=%2Fprofile");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    const code = codeIn((await server().mails.next(email)).text);
    await page.getByLabel("Code from the mail").fill("12 34");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Enter the 6 digits").waitFor();
    await page.getByLabel("Code from the mail").fill(code === "000000" ? "000001" : "000000");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").filter({ hasText: "That code isn't right" }).waitFor();
    await page.getByLabel("Code from the mail").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await page.getByRole("button", { name: "Sign in" }).click();

    await expectPath(page, "/profile");
    const { query } = server().database;
    const session =
      "SELECT method, aal, amr, remember FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1";
    expect(await query(session, [email])).toEqual([{ method: "magic_link", aal: 1, amr: ["mca"], remember: false }]);
  });

  it("looks the same for an address without an account, and signs nobody in past a second factor (A20)", async () => {
    const page = await browser.visit(server().origin);
    await page.goto("/magic-link");
    await page.getByLabel("E-mail address").fill(newAddress());
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();

    const { email } = await createAccount(server());
    await server().database.query(
      "INSERT INTO totp_factors (user_id, sealed_secret, confirmed_at) SELECT id, '\\x00', now() FROM users WHERE email = $1",
      [email],
    );
    await page.goto("/magic-link");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByLabel("Code from the mail").fill(codeIn((await server().mails.next(email)).text));
    await page.getByRole("button", { name: "Sign in" }).click();
    await expectPath(page, "/second-factor");
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(SESSION_COOKIE);
  });
});
