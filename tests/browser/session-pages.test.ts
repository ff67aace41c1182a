import { expect, it } from "vitest";

import { createAccount, type TestAccount } from "../support/accounts";
import { describeInBrowser, expectGoodInEachLook, useBrowser } from "../support/browser";
import { useServer } from "../support/server";
import { signIn } from "../support/signed-in-page";

const server = useServer();
const browser = useBrowser();

const signedIn = async (account: TestAccount) => signIn(await browser.visit(server().origin), account);

describeInBrowser("light and wide, and dark and narrow", () => {
  it("the pages and their dialog have no violation", async () => {
    const account = await createAccount(server());
    const page = await signedIn(account);
    await server().client().post("/api/sign-in", { email: account.email, password: account.password });
    const check = async () => {
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expectGoodInEachLook(page);
    };
    for (const path of ["/settings/sessions", "/settings/sessions/details", "/re-authenticate"]) {
      await page.goto(path);
      await check();
    }
    await page.goto("/settings/sessions?confirm=others");
    await page.getByRole("alertdialog").waitFor();
    await expectGoodInEachLook(page, "[role=alertdialog]");
    await page.getByRole("button", { name: "End it" }).click();
    await page.getByText("all sessions but this one").waitFor();
    await check();
  });

  it("nor has the sign-in page when it says why", async () => {
    const account = await createAccount(server());
    const page = await signedIn(account);
    const other = server().client();
    await other.post("/api/sign-in", { email: account.email, password: account.password });
    expect((await other.request("DELETE", "/api/sessions")).status).toBe(204);
    await page.goto("/dashboard");
    await page.getByText("ended from another device").waitFor();
    await expectGoodInEachLook(page);
  });
});
