import { describe, expect, it } from "vitest";

import { LANGUAGES, type Language } from "@/lib/i18n/languages";
import { translatorFor } from "@/lib/i18n/translator";
import { createAccount } from "../support/accounts";
import { useServer } from "../support/server";

const server = useServer();

const PAGES = [
  ["/sign-in", "signIn.title"],
  ["/sign-up", "signUp.title"],
  ["/forgot-password", "forgotPassword.title"],
  ["/verify-email?sent=1", "verifyEmail.sent.title"],
  ["/reset-password?token=spent", "resetPassword.deadLink.title"],
  ["/second-factor", "secondFactor.nothingWaits.title"],
  ["/undo-email-change?token=spent", "undoEmailChange.title"],
  ["/link-account", "linkAccount.nothing.title"],
  ["/auth-error?error=InvalidCheck", "authError.explanations.interrupted.title"],
] as const;

const htmlOf = async (path: string, language: Language) =>
  (
    await server()
      .client()
      .request("GET", path, { headers: { "accept-language": `nl, ${language};q=0.9` } })
  ).text();

describe("the pages of signing in", () => {
  it.each(LANGUAGES)("speak the language that the browser asks for: %s", async (language) => {
    const t = await translatorFor(language, "auth");
    const htmls = await Promise.all(PAGES.map(([path]) => htmlOf(path, language)));

    const headings = htmls.map((html) => /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1]?.replaceAll("&#x27;", "'"));
    expect(headings).toEqual(PAGES.map(([, title]) => t(title)));
    const documents = htmls.map((html) => /<html lang="(\w+)" dir="(\w+)">/.exec(html)?.slice(1));
    expect(documents).toEqual(PAGES.map(() => [language, language === "ar" ? "rtl" : "ltr"]));
  });

  it.each([
    ["fr", "fr"],
    ["x", "de"],
    ["__proto__", "de"],
    ["", "de"],
  ])("speak the language that was chosen there, if it is one: %j", async (chosen, language) => {
    const client = server().client();
    client.cookies.set("latchkey.language", chosen);
    const html = await (await client.get("/sign-in", { headers: { "accept-language": "de" } })).text();

    expect(html).toContain(`<html lang="${language}"`);
  });
});

describe("the page of somebody who is signed in", () => {
  it("speaks theirs, whatever was chosen in the browser before", async () => {
    const { email, password } = await createAccount(server());
    await server().database.query("UPDATE users SET locale = 'es-419' WHERE email = $1", [email]);
    const client = server().client();
    client.cookies.set("latchkey.language", "fr");
    await client.post("/api/sign-in", { email, password });
    const html = await (await client.get("/terms")).text();

    expect(html).toContain('<html lang="es"');
    // To choose another is for the profile page.
    expect(html).not.toContain('name="language"');
  });
});
