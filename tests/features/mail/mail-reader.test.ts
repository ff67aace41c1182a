import { describe, expect, it } from "vitest";

import { MailContentSchema } from "@/features/mail/mail-content";
import { type MailWriter, mailReader, writeMail } from "@/features/mail/mail-reader";
import { renderMail } from "@/features/mail/render-mail";
import { directionOf, LANGUAGES } from "@/lib/i18n/languages";
import { everyMail } from "./every-mail";

const now = new Date("2026-01-01T12:00:00Z");

describe("mailReader", () => {
  it.each([
    ["fr-CA", "de", "fr"],
    ["it-IT", "de", "de"],
    [null, "de", "de"],
    ["it-IT", undefined, "en"],
    [null, undefined, "en"],
  ] as const)("reads, having told %s and asked in %s, in %s", async (locale, askedIn, language) => {
    expect(await mailReader({ locale, timeZone: null }, askedIn)).toMatchObject({ language });
  });

  it("of an address without an account reads in the language of the request", async () => {
    expect(await mailReader(null, "ja")).toMatchObject({ language: "ja" });
  });

  it.each([
    [{ locale: null, timeZone: null }, undefined, "1 January 2026 at 12:00 UTC"],
    [{ locale: null, timeZone: null }, "de", "1. Januar 2026 um 12:00 UTC"],
    [{ locale: null, timeZone: "Asia/Tokyo" }, "ja", "2026年1月1日 21:00 JST"],
    [{ locale: "fr-CA", timeZone: null }, "de", "1 janvier 2026 à 12 h 00 UTC"],
  ] as const)(
    "is told when as they told us, else as their language writes it: %j, %s",
    async (told, askedIn, words) => {
      expect((await mailReader(told, askedIn)).moment(now)).toBe(words);
    },
  );

  it("is told of a span, a choice and a device in their language", async () => {
    const { validity, oneOf, device } = await mailReader(null, "de");

    expect([validity(86_400), validity(900), oneOf(["a", "b", "c"]), device("curl/8.5.0")]).toEqual([
      "24 Stunden",
      "15 Minuten",
      "a, b oder c",
      "Ein Programm (curl)",
    ]);
  });
});

describe("every mail", () => {
  it.each(Object.entries(everyMail(now)))("%s is written and shown in each language", async (_, write) => {
    const written = await Promise.all(LANGUAGES.map((language) => inLanguage(write, language)));
    const [english] = written;

    for (const { language, subject, text, html } of written) {
      expect(html).toContain(`<html dir="${directionOf(language)}" lang="${language}">`);
      expect(`${subject}${text}`).not.toMatch(/[{}]|undefined|\bnull\b/);
      // The same links, whatever is said about them.
      expect(linksIn(html)).toEqual(linksIn(english?.html ?? ""));
    }
    expect(new Set(written.map(({ subject }) => subject)).size).toBe(LANGUAGES.length);
  });

  it("that a program signed in calls it no name of its own, in any language (A34)", async () => {
    const mail = everyMail(now, { userAgent: "your-bank.example/1.0" })["new-device"] as MailWriter;
    const texts = await Promise.all(LANGUAGES.map(async (language) => (await inLanguage(mail, language)).text));

    expect(texts.filter((text) => text.includes("bank"))).toEqual([]);
  });
});

describe("a mail from before there were languages", () => {
  it("is English", () => {
    const { language } = MailContentSchema.parse({ subject: "s", greeting: "Hello,", paragraphs: [], footer: "f" });

    expect(language).toBe("en");
  });
});

const linksIn = (html: string) => html.match(/href="[^"]*"/g);

async function inLanguage(write: MailWriter, language: (typeof LANGUAGES)[number]) {
  const content = writeMail(write, await mailReader(null, language));
  return { language, ...(await renderMail(content)) };
}
