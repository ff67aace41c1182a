import { describe, expect, it } from "vitest";

import { estimateStrength } from "@/features/password/estimate-strength";
import { suggestPassphrase } from "@/features/password/suggest-passphrase";

const ADA = { email: "ada.lovelace@analytical.example", name: "Ada King" };

describe("estimateStrength", () => {
  it.each([
    ["", 15],
    ["velvet canopy", 2],
    ["velvet canopie", 1],
  ])("counts down to 15 characters: %j", (password, missing) => {
    expect(estimateStrength(password, ADA)).toEqual({ score: 0, hint: "too_short", missing });
  });

  it("judges what is long enough", () => {
    expect(estimateStrength("velvet canopies", ADA)).toEqual({ score: 4, hint: "strong", missing: 0 });
  });

  it("counts down to 8 for an account with a second factor", () => {
    expect(estimateStrength("velvet", ADA, { hasSecondFactor: true })).toMatchObject({ missing: 2 });
  });

  it.each([
    ["password12345678", "too_common"],
    ["Ada King Lovelace", "too_guessable_from_context"],
    ["velvet canopy ".repeat(20), "too_long"],
  ] as const)("never praises what the rules refuse: %s", (password, refusal) => {
    expect(estimateStrength(password, ADA)).toEqual({ score: 0, hint: refusal, missing: 0 });
  });

  it("calls two names easy to guess, and says what to do", () => {
    expect(estimateStrength("michaeljennifer", ADA)).toEqual({ score: 1, hint: "easy", missing: 0 });
  });

  it("calls a suggested passphrase strong", () => {
    expect(estimateStrength(suggestPassphrase(), ADA)).toEqual({ score: 4, hint: "strong", missing: 0 });
  });

  it("stays quick for the longest password", () => {
    estimateStrength("velvet canopy mumble", ADA);
    const start = performance.now();
    estimateStrength("p4ssw0rd1sn0t$af3!@|".repeat(12), ADA);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
