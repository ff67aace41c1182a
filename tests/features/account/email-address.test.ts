import { describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { sayFieldMessage } from "@/lib/i18n/field-message";
import { translatorFor } from "@/lib/i18n/translator";

const parse = (value: string) => EmailAddressSchema.safeParse(value);
const english = await translatorFor("en", "rules");
const messages = (value: unknown) =>
  EmailAddressSchema.safeParse(value).error?.issues.map(({ message }) => sayFieldMessage(english, message));

const label = "a".repeat(63);
const local = "l".repeat(64);

describe("EmailAddressSchema", () => {
  it.each(["a@x.test", "A@X.test", " a@x.test ", "a@X.TEST\n", "\ta@x.test"])(
    "makes one address of every spelling: %j (A32)",
    (spelling) => {
      expect(parse(spelling)).toEqual({ success: true, data: "a@x.test" });
    },
  );

  it.each([
    "ada.lovelace+tag@mail.example.co.uk",
    "o'brien@example.ie",
    "!#$%&'*+/=?^_`{|}~-@example.test",
    "a@xn--bcher-kva.example",
    "1@2.example3",
    `${local}@example.test`,
    `a@${label}.test`,
    `${local}@${label}.${label}.${"b".repeat(61)}`,
  ])("takes %j", (address) => {
    expect(parse(address)).toEqual({ success: true, data: address });
  });

  it.each([
    ["a quoted local part", '"eve@evil.test"@victim.test'],
    ["a fullwidth @", "a@evil.test\uFF20victim.test"],
    ["a fullwidth @ alone", "a\uFF20victim.test"],
    ["a small @", "a@evil.test\uFE6Bvictim.test"],
    ["a list", "a@v.test,b@evil.test"],
    ["a list with semicolons", "a@v.test;b@evil.test"],
    ["a line break and a header", "a@v.test\r\nBCC: b@evil.test"],
    ["a name after the address", "<b@evil.test> a@v.test"],
    ["a name before the address", "a@v.test <b@evil.test>"],
    ["angle brackets", "<a@v.test>"],
    ["a group", "group: a@v.test;"],
    ["a comment", "a(comment)@v.test"],
    ["a percent-hack", "a%evil.test@"],
    ["a source route", "@evil.test:a@v.test"],
    ["two @", "a@b@v.test"],
    ["a backslash", "a\\@v.test"],
    ["a NUL", "a\0@v.test"],
    ["a space within", "a b@v.test"],
    ["a tab within", "a@v\t.test"],
    ["an IP literal", "a@[127.0.0.1]"],
    ["an IP address", "a@127.0.0.1"],
    ["half of a surrogate pair", "a\ud800@v.test"],
  ])("refuses %s, which mail software may read as another mailbox (A33)", (_name, address) => {
    expect(parse(address).success).toBe(false);
  });

  it.each([
    ["a Turkish dotted İ", "\u0130stanbul@x.test"],
    ["a dotless ı", "\u0131@x.test"],
    ["a sharp s", "stra\u00DFe@x.test"],
    ["a sharp s in the domain", "a@stra\u00DFe.test"],
    ["the Kelvin sign, whose lower case is k", "\u212A@x.test"],
    ["a Cyrillic a", "\u0430@x.test"],
    ["fullwidth letters, which NFKC folds", "\uFF41@x.test"],
    ["a zero-width space within", "a\u200B@x.test"],
  ])("never merges %s with another address (A32)", (_name, address) => {
    expect(messages(address)).toEqual([
      "Use only plain letters without accents. A domain in another script can be written in its xn-- form.",
    ]);
  });

  it.each([
    ["", "Enter your e-mail address."],
    ["   ", "Enter your e-mail address."],
    ["a", "Enter one e-mail address, such as name@example.com."],
    ["a@x", "Enter one e-mail address, such as name@example.com."],
    ["@x.test", "Enter one e-mail address, such as name@example.com."],
    ["a@", "Enter one e-mail address, such as name@example.com."],
    ["a@.test", "Enter one e-mail address, such as name@example.com."],
    ["a@x.test.", "Enter one e-mail address, such as name@example.com."],
    ["a@-x.test", "Enter one e-mail address, such as name@example.com."],
    ["a@x-.test", "Enter one e-mail address, such as name@example.com."],
    ["a@x_y.test", "Enter one e-mail address, such as name@example.com."],
    [".a@x.test", "Enter one e-mail address, such as name@example.com."],
    ["a.@x.test", "Enter one e-mail address, such as name@example.com."],
    ["a..b@x.test", "Enter one e-mail address, such as name@example.com."],
    [`${local}l@x.test`, "Enter one e-mail address, such as name@example.com."],
    [`a@${label}a.test`, "Enter one e-mail address, such as name@example.com."],
    [`${local}@${label}.${label}.${"b".repeat(62)}`, "An e-mail address has at most 254 characters."],
  ])("says what is wrong with %j", (address, message) => {
    expect(messages(address)).toEqual([message]);
  });

  it.each([
    ["dots", ".".repeat(50_000)],
    ["atoms", `${"a.".repeat(25_000)}@`],
    ["labels", `a@${"a-".repeat(25_000)}`],
    ["at signs", "@".repeat(50_000)],
    ["spaces", `${" ".repeat(50_000)}x`],
    ["spaces inside", `a${" ".repeat(50_000)}x`],
  ])("answers to 50 KB of %s within 20 ms", (_name, hostile) => {
    parse(hostile);
    const startedAt = performance.now();
    expect(parse(hostile).success).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(20);
  });
});
