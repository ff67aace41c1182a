import { describe, expect, it } from "vitest";

import { estimateStrength } from "@/features/password/estimate-strength";
import { PASSWORD_REFUSAL_SENTENCES } from "@/features/password/sentences";
import { suggestPassphrase } from "@/features/password/suggest-passphrase";

const ADA = { email: "ada.lovelace@analytical.example", name: "Ada King" };

describe("estimateStrength", () => {
  it.each([
    ["", "Add 15 more characters."],
    ["velvet canopy", "Add 2 more characters."],
    ["velvet canopies", null],
    ["velvet canopie", "Add 1 more character."],
  ])("counts down to 15 characters: %j", (password, hint) => {
    const strength = estimateStrength(password, ADA);
    if (hint === null) expect(strength.hint).not.toMatch(/^Add \d/);
    else expect(strength).toEqual({ score: 0, hint });
  });

  it("counts down to 8 for an account with a second factor", () => {
    expect(estimateStrength("velvet", ADA, { hasSecondFactor: true }).hint).toBe("Add 2 more characters.");
  });

  it.each([
    ["password12345678", "too_common"],
    ["Ada King Lovelace", "too_guessable_from_context"],
    ["velvet canopy ".repeat(20), "too_long"],
  ] as const)("never praises what the rules refuse: %s", (password, refusal) => {
    expect(estimateStrength(password, ADA)).toEqual({ score: 0, hint: PASSWORD_REFUSAL_SENTENCES[refusal] });
  });

  it("calls two names easy to guess, and says what to do", () => {
    expect(estimateStrength("michaeljennifer", ADA)).toEqual({
      score: 1,
      hint: "Easy to guess: add another word that doesn't belong with the others.",
    });
  });

  it("calls a suggested passphrase strong", () => {
    expect(estimateStrength(suggestPassphrase(), ADA)).toEqual({
      score: 4,
      hint: "Strong: hard to guess, even for a computer.",
    });
  });

  it("stays quick for the longest password", () => {
    estimateStrength("velvet canopy mumble", ADA);
    const start = performance.now();
    estimateStrength("p4ssw0rd1sn0t$af3!@|".repeat(12), ADA);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
