import { describe, expect, it } from "vitest";

import { renderMail } from "@/features/mail/render-mail";

const HOSTILE = `</p><script>alert(1)</script><img src=x onerror='x' title="y">&amp;`;

describe("renderMail", () => {
  it("says the same in both versions, and shows the address in full", () => {
    const mail = renderMail({
      subject: "Confirm",
      greeting: "Hello,",
      paragraphs: ["First.", "Second."],
      action: { label: "Do it", url: "https://app.example/verify-email?token=abc" },
      footer: "If it was not you, do nothing.",
    });

    expect(mail.subject).toBe("Confirm");
    expect(mail.text).toBe(
      "Hello,\n\nFirst.\n\nSecond.\n\nDo it:\nhttps://app.example/verify-email?token=abc\n\n-- \nIf it was not you, do nothing.\n",
    );
    expect(mail.html.match(/https:\/\/app\.example\/verify-email\?token=abc/g)).toHaveLength(3);
    for (const words of ["Hello,", "First.", "Second.", "Do it", "If it was not you, do nothing."]) {
      expect(mail.html).toContain(words);
    }
  });

  it("leaves the button out where there is nothing to do", () => {
    const mail = renderMail({ subject: "Note", greeting: "Hello,", paragraphs: ["That is all."], footer: "Bye." });

    expect(mail.text).toBe("Hello,\n\nThat is all.\n\n-- \nBye.\n");
    expect(mail.html).not.toContain("<a ");
  });

  it("escapes every word, whoever wrote it (A34)", () => {
    const { html } = renderMail({
      subject: HOSTILE,
      greeting: HOSTILE,
      paragraphs: [HOSTILE],
      action: { label: HOSTILE, url: `https://app.example/"><script>` },
      footer: HOSTILE,
    });

    expect(html).not.toContain("<script>");
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/onerror='/);
    expect(html).toContain("&amp;amp;");
  });

  it.each([
    "Hi\r\nBcc: eve@evil.test",
    "Hi\nBcc: eve@evil.test",
    "Hi\u2028Bcc: eve@evil.test",
    "Hi\0Bcc: eve@evil.test",
  ])("keeps a subject on one line: %j (A34)", (subject) => {
    const mail = renderMail({ subject, greeting: "", paragraphs: [], footer: "" });

    expect(mail.subject).toBe("Hi Bcc: eve@evil.test");
  });

  it("fetches nothing when it is opened", () => {
    const { html } = renderMail({ subject: "s", greeting: "g", paragraphs: ["p"], footer: "f" });

    expect(html).not.toMatch(/src=|url\(|@import|<link/);
  });
});
