import { describe, expect, it } from "vitest";

import { LANGUAGES, type Language } from "@/lib/i18n/languages";
import { translatorFor } from "@/lib/i18n/translator";
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
});
