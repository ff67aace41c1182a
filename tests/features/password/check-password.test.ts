import { describe, expect, it } from "vitest";

import { checkPassword } from "@/features/password/check-password";

const ADA = { email: "ada.lovelace@analytical.example", name: "Ada King-Noël" };
const TAKEN = { ok: true, value: null };
const refused = (refusal: string) => ({ ok: false, refusal });

/** Varied text of exactly this many characters. */
const textOf = (length: number) => "Tin ox, 9 plums; hay & fog? ".padEnd(length, RIDDLE).slice(0, length);
const RIDDLE = Array.from({ length: 300 }, (_, index) => String.fromCharCode(97 + ((index * index * 7 + 3) % 26))).join(
  "",
);

describe("checkPassword", () => {
  it.each([
    [14, refused("too_short")],
    [15, TAKEN],
    [16, TAKEN],
    [64, TAKEN],
    [255, TAKEN],
    [256, TAKEN],
    [257, refused("too_long")],
    [1_000_000, refused("too_long")],
  ])("judges %i characters", (length, result) => {
    expect(checkPassword(textOf(length), ADA)).toEqual(result);
  });

  it.each([
    [7, refused("too_short")],
    [8, TAKEN],
  ])("judges %i characters of an account with a second factor", (length, result) => {
    expect(checkPassword(textOf(length), ADA, { hasSecondFactor: true })).toEqual(result);
  });

  it("counts an emoji outside the basic plane as one character, not two", () => {
    const emoji = (count: number) =>
      Array.from({ length: count }, (_, index) => String.fromCodePoint(0x1f600 + ((index * 7) % 64))).join("");
    expect(checkPassword(emoji(14), ADA)).toEqual(refused("too_short"));
    expect(checkPassword(emoji(15), ADA)).toEqual(TAKEN);
    expect(checkPassword(emoji(64), ADA)).toEqual(TAKEN);
  });

  it("counts the same, whether accents come composed or decomposed", () => {
    const fourteen = "où va le zèbre".normalize("NFD");
    expect(fourteen).toHaveLength(16);
    expect(checkPassword(fourteen, ADA)).toEqual(refused("too_short"));
    expect(
      checkPassword(
        "à"
          .repeat(86)
          .normalize("NFD")
          .padEnd(256 + 86, RIDDLE),
        ADA,
      ),
    ).toEqual(TAKEN);
  });

  it.each([
    ["a passphrase of 15 with spaces and an emoji", "my 🦊 eats figs!"],
    ["lower case only", "velvet canopy mumble"],
    ["digits only, at random", "840271956310472"],
    ["signs only", "!$%&/()=?*+#-_."],
    ["spaces at both ends", "  tin ox plum fog  "],
    ["words that are each on the list", "correct horse battery staple"],
    ["a common word and a long number", "sunshine 4901726385"],
    ["72 of one character and then something", `${"x".repeat(72)}A`],
    ["another script", "на дворе трава, на траве дрова"],
  ])("takes %s", (_, password) => {
    expect(checkPassword(password, ADA)).toEqual(TAKEN);
  });

  it.each([
    ["on the list", "qazwsxedcrfvtgb"],
    ["on the list, in capitals", "PasswordStandard"],
    ["a common password twice", "PasswordPassword"],
    ["a common password with a space, twice", "iloveyou iloveyou"],
    ["a common password three times, cut off", "dragondragondra"],
    ["a common password and a row of digits", "password12345678"],
    ["a common password and signs", "administrator!!!"],
    ["a common password and a date", "sunshine 01-02-1990"],
    ["a common password with digits before and after", "2024football2024"],
    ["one character", "aaaaaaaaaaaaaaa"],
    ["one emoji", "🦊".repeat(64)],
    ["a short unit", "abcabcabcabcabc"],
    ["a longer unit", "tin ox tin ox tin ox"],
    ["pairs", "112233445566778"],
    ["the digits", "123456789012345"],
    ["the digits in groups", "1234-5678-9012-345"],
    ["the alphabet", "abcdefghijklmnop"],
    ["the alphabet backwards", "zyxwvutsrqponmlk"],
    ["keyboard rows", "qwertyuiopasdfgh"],
    ["keyboard rows and digits", "12345QWERTasdfg"],
    ["keyboard columns", "1qaz2wsx3edc4rfv5tgb"],
    ["AZERTY rows", "azertyuiopqsdfghjklm"],
    ["spaces", " ".repeat(15)],
  ])("refuses %s", (_, password) => {
    expect(checkPassword(password, ADA)).toEqual(refused("too_common"));
  });

  it.each(["password", "Passw0rd", "football1", "iloveyou!", "12345678", "abcdabcd", "qwerty2024"])(
    "refuses %s also with a second factor",
    (password) => {
      expect(checkPassword(password, ADA, { hasSecondFactor: true })).toEqual(refused("too_common"));
    },
  );

  it.each([
    ["the product's name", "Latchkey Latch-key 7"],
    ["the product's name and a run", "my latchkey 123456"],
    ["the local part", "ada.lovelace!1815"],
    ["a word of the local part", "Lovelace_1815_ok"],
    ["the domain", "Analytical 70 fogs"],
    ["the name without its accents", "ada king-noel 77"],
    ["the name with its accents", "Ada King-Noël 77"],
    ["name and address together", "lovelace analytical king"],
  ])("refuses a password that is mostly %s", (_, password) => {
    expect(checkPassword(password, ADA)).toEqual(refused("too_guessable_from_context"));
  });

  it("draws the line at 8 characters beyond the context words", () => {
    expect(checkPassword("lovelace wpzkdtb", ADA)).toEqual(refused("too_guessable_from_context"));
    expect(checkPassword("lovelace wpzkdtbg", ADA)).toEqual(TAKEN);
  });

  it("leaves names of three letters alone, as they are in too many words", () => {
    expect(checkPassword("tomorrow is gone", { email: "tom@x.example", name: "Tom" })).toEqual(TAKEN);
  });

  it.each([
    ["no name", { email: "ada@x.example" }],
    ["a null name", { email: "ada@x.example", name: null }],
    ["no address", { email: "", name: "" }],
    ["an address without @", { email: "ada", name: "" }],
  ])("works with %s", (_, context) => {
    expect(checkPassword("velvet canopy mumble", context)).toEqual(TAKEN);
  });

  it("takes no longer for what an attacker makes it to be slow", () => {
    checkPassword("velvet canopy mumble", ADA);
    const nasty = ["ab".repeat(127), "a".repeat(255), `${"ﷺ".repeat(256)}`, "lovelace".repeat(32), "1qaz".repeat(64)];
    const start = performance.now();
    for (const password of nasty) checkPassword(password, ADA);
    expect(performance.now() - start).toBeLessThan(100);
  });
});
