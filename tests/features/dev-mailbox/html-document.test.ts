import { describe, expect, it } from "vitest";

import { htmlDocumentOf, MAIL_CONTENT_SECURITY_POLICY, MAIL_FRAME_SANDBOX } from "@/features/dev-mailbox/html-document";

describe("htmlDocumentOf", () => {
  it.each([
    { html: "<p>Hi</p>", document: '<!doctype html><base target="_top"><p>Hi</p>' },
    { html: "<!DOCTYPE html>\n<html><p>Hi", document: '<!DOCTYPE html><base target="_top">\n<html><p>Hi' },
    { html: "", document: '<!doctype html><base target="_top">' },
  ])("opens the links of $html in the whole window, before any base of the mail's own", ({ html, document }) => {
    expect(htmlDocumentOf(html)).toBe(document);
  });
});

describe("MAIL_CONTENT_SECURITY_POLICY", () => {
  it("gives a mail no script, no form, no origin and no request", () => {
    expect(MAIL_CONTENT_SECURITY_POLICY).toBe(
      "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'; " +
        "img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'",
    );
    expect(MAIL_FRAME_SANDBOX).not.toMatch(/allow-(scripts|same-origin|forms|top-navigation(?!-by))/);
  });
});
