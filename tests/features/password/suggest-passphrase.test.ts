import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, it, vi } from "vitest";

import { checkPassword } from "@/features/password/check-password";
import { suggestPassphrase } from "@/features/password/suggest-passphrase";

const WORDS = dictionary.diceware.filter((word) => /^[a-z]{4,8}$/.test(word));

describe("suggestPassphrase", () => {
  it("has five words of four to eight plain letters, which makes at least 60 bits", () => {
    for (let round = 0; round < 200; round++) {
      expect(suggestPassphrase()).toMatch(/^[a-z]{4,8}(?:-[a-z]{4,8}){4}$/);
    }
    expect(new Set(WORDS).size).toBe(WORDS.length);
    expect(5 * Math.log2(WORDS.length)).toBeGreaterThanOrEqual(60);
  });

  it("is always taken as a password", () => {
    for (let round = 0; round < 500; round++) {
      const passphrase = suggestPassphrase();
      expect([passphrase, checkPassword(passphrase, { email: "ada@x.example", name: "Ada" })]).toEqual([
        passphrase,
        { ok: true, value: null },
      ]);
    }
  });

  it("uses the whole list", () => {
    const seen = new Set(Array.from({ length: 20_000 }, suggestPassphrase).flatMap((phrase) => phrase.split("-")));
    expect(seen.size).toBe(WORDS.length);
  });

  it("draws again instead of favouring the first words", () => {
    const draws = [65_535, 0, 1, 2, 3, WORDS.length];
    vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
      (array as unknown as Uint16Array)[0] = draws.shift() ?? 0;
      return array;
    });
    expect(suggestPassphrase()).toBe([WORDS[0], WORDS[1], WORDS[2], WORDS[3], WORDS[0]].join("-"));
    expect(draws).toEqual([]);
  });
});
