import { describe, expect, it, vi } from "vitest";

import { consentProof, isConsentProof } from "@/lib/attack-consent";
import { parseEnvironment } from "@/lib/env/env";
import { ATTACK_SECRET, TEST_ENVIRONMENT } from "../../support/environment";

const CHALLENGE = "A".repeat(43);

async function withSecret(secret: string) {
  vi.resetModules();
  vi.stubEnv("LATCHKEY_ATTACK_TARGET", secret);
  const { proveConsent } = await import("@/features/attack-target/prove-consent");
  return proveConsent;
}

describe("proveConsent", () => {
  it("answers a challenge with what only somebody who knows the secret could, for this origin", async () => {
    const consent = (await withSecret(ATTACK_SECRET))(CHALLENGE);

    expect(consent?.origin).toBe(TEST_ENVIRONMENT.AUTH_URL);
    const isRight = (secret: string, challenge: string, origin: string) =>
      isConsentProof(consent?.proof ?? "", consentProof(secret, challenge, origin));
    expect(isRight(ATTACK_SECRET, CHALLENGE, TEST_ENVIRONMENT.AUTH_URL)).toBe(true);
    expect(isRight(`${ATTACK_SECRET}x`, CHALLENGE, TEST_ENVIRONMENT.AUTH_URL)).toBe(false);
    expect(isRight(ATTACK_SECRET, `${CHALLENGE.slice(1)}B`, TEST_ENVIRONMENT.AUTH_URL)).toBe(false);
    expect(isRight(ATTACK_SECRET, CHALLENGE, "https://app.example.com")).toBe(false);
  });

  it("answers nothing where the operator didn't agree, and to nothing that is no challenge", async () => {
    expect((await withSecret(""))(CHALLENGE)).toBeNull();
    const agreed = await withSecret(ATTACK_SECRET);
    for (const challenge of [null, "", "A".repeat(42), "A".repeat(44), `${"A".repeat(42)}\n`]) {
      expect(agreed(challenge)).toBeNull();
    }
  });
});

describe("LATCHKEY_ATTACK_TARGET", () => {
  const problemsWith = (changed: Record<string, string>) => {
    const parsed = parseEnvironment({ ...TEST_ENVIRONMENT, LATCHKEY_ATTACK_TARGET: ATTACK_SECRET, ...changed });
    return parsed.ok ? [] : parsed.problems;
  };
  const AUTH_URL = "https://staging.example.com";
  const refused = [
    "LATCHKEY_ATTACK_TARGET: needs LATCHKEY_ATTACK_TARGET_ORIGIN with the very origin of AUTH_URL, or remove it",
  ];

  it("is a secret, and enough on this machine", () => {
    expect(problemsWith({})).toEqual([]);
    expect(problemsWith({ LATCHKEY_ATTACK_TARGET: "x".repeat(31) })).toHaveLength(1);
    expect(problemsWith({ LATCHKEY_ATTACK_TARGET: "x".repeat(40) })).toHaveLength(1);
  });

  it("is refused anywhere else, unless it is said again for which address", () => {
    expect(problemsWith({ AUTH_URL })).toEqual(refused);
    expect(problemsWith({ AUTH_URL, LATCHKEY_ATTACK_TARGET_ORIGIN: "https://app.example.com" })).toEqual(refused);
    expect(problemsWith({ AUTH_URL, LATCHKEY_ATTACK_TARGET_ORIGIN: AUTH_URL })).toEqual([]);
  });
});
