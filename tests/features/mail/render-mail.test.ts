import { describe, expect, it } from "vitest";

import { renderMail } from "@/features/mail/render-mail";

const HOSTILE = `</p><script>alert(1)</script><img src=x onerror='x' title="y">&amp;`;
const LINK = "https://app.example/verify-email?token=abc";

/** The words of a document, without its tags and what its head holds. */
const wordsOf = (html: string) =>
  html
    .replace(/<head>.*<\/head>/s, "")
    .replace(/<!--.*?-->|<[^>]*>/gs, " ")
    .replaceAll("&#x27;", "'")
    .replace(/\s+/g, " ");

describe("renderMail", () => {
  it("says the same in both versions, in the same order, and shows the address in full", async () => {
    const mail = await renderMail({
      language: "en",
      subject: "Confirm",
      greeting: "Hello,",
      paragraphs: ["First.", "Second."],
      details: [
        { label: "Device", value: "Firefox on Linux" },
        { label: "Time", value: "1 January 2026, 12:00 UTC" },
      ],
      action: { label: "Do it", url: LINK },
      code: { label: "Or type this code:", value: "123456" },
      footer: "If it wasn't you, do nothing.",
    });

    expect(mail.subject).toBe("Confirm");
    expect(mail.text).toBe(
      "Hello,\n\nFirst.\n\nSecond.\n\nDevice: Firefox on Linux\nTime: 1 January 2026, 12:00 UTC\n\n" +
        `Do it:\n${LINK}\n\nOr type this code:\n123456\n\n-- \nIf it wasn't you, do nothing.\n`,
    );
    expect(wordsOf(mail.html)).toContain(
      "Hello, First. Second. Device Firefox on Linux Time 1 January 2026, 12:00 UTC Do it " +
        `If the button does not work, open this address: ${LINK} ` +
        "Or type this code: 123456 If it wasn't you, do nothing.",
    );
    expect(mail.html.match(/href="[^"]*"/g)).toEqual([`href="${LINK}"`, `href="${LINK}"`]);
  });

  it("leaves out what there is nothing of", async () => {
    const mail = await renderMail({
      language: "en",
      subject: "Note",
      greeting: "Hello,",
      paragraphs: ["That is all."],
      footer: "Bye.",
    });

    expect(mail.text).toBe("Hello,\n\nThat is all.\n\n-- \nBye.\n");
    expect(mail.html).not.toMatch(/<a |class="(details|code)"/);
  });

  it("escapes every word, whoever wrote it (A34)", async () => {
    const { html } = await renderMail({
      language: "en",
      subject: HOSTILE,
      greeting: HOSTILE,
      paragraphs: [HOSTILE],
      details: [{ label: HOSTILE, value: HOSTILE }],
      action: { label: HOSTILE, url: `https://app.example/"><script>` },
      code: { label: HOSTILE, value: HOSTILE },
      footer: HOSTILE,
    });

    expect(html).not.toContain("<script>");
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/onerror='/);
    // In the title, the preview and each of the eight places.
    expect(html.match(/&amp;amp;/g)).toHaveLength(10);
  });

  it.each([
    "Hi\r\nBcc: eve@evil.test",
    "Hi\nBcc: eve@evil.test",
    "Hi\u2028Bcc: eve@evil.test",
    "Hi\0Bcc: eve@evil.test",
  ])("keeps a subject on one line: %j (A34)", async (subject) => {
    const mail = await renderMail({ language: "en", subject, greeting: "", paragraphs: [], footer: "" });

    expect(mail.subject).toBe("Hi Bcc: eve@evil.test");
    expect(mail.html).toContain("<title>Hi Bcc: eve@evil.test</title>");
  });

  it("is written from the right where its language is, but for what has a direction of its own", async () => {
    const content = {
      ...{ subject: "s", greeting: "مرحبًا،", paragraphs: [], footer: "f", code: { label: "الرمز:", value: "012345" } },
      details: [{ label: "عنوان IP", value: "2001:db8::7" }],
      action: { label: "تأكيد", url: LINK },
    };
    const [arabic, german] = [
      await renderMail({ ...content, language: "ar" }),
      await renderMail({ ...content, language: "de" }),
    ];

    expect(arabic.html).toMatch(/<html dir="rtl" lang="ar">/);
    expect(arabic.html).toMatch(/<th[^>]*text-align:right/);
    expect(german.html).toMatch(/<html dir="ltr" lang="de">/);
    expect(german.html).toMatch(/<th[^>]*text-align:left/);
    for (const value of ["2001:db8::7", "012345"]) expect(arabic.html).toContain(`<span dir="ltr">${value}</span>`);
    expect(arabic.html).toMatch(new RegExp(`<a [^>]*dir="ltr"[^>]*>${LINK.replace("?", "\\?")}<`));
    expect(german.html).toContain("Falls die Schaltfläche nicht funktioniert");
  });

  it("fetches nothing when it is opened", async () => {
    const { html } = await renderMail({ language: "en", subject: "s", greeting: "g", paragraphs: ["p"], footer: "f" });

    expect(html).not.toMatch(/src=|url\(|@import|<link/);
  });
});
