import { describe, expect, it } from "vitest";

import { keyUri, matchingStep, newSecret } from "@/features/totp/totp";

/** The shared secret of RFC 6238's appendix B, "12345678901234567890". */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const at = (seconds: number) => new Date(seconds * 1000);

describe("matchingStep", () => {
  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("knows RFC 6238's code of %i s", (seconds, code) => {
    expect(matchingStep(RFC_SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it("takes one step before and one after, and names it", () => {
    const step = Math.floor(1111111109 / 30);
    const first = step * 30;
    const code = "081804";

    expect(matchingStep(RFC_SECRET, code, at(first - 31))).toBeNull();
    expect(matchingStep(RFC_SECRET, code, at(first - 30))).toBe(step);
    expect(matchingStep(RFC_SECRET, code, at(first))).toBe(step);
    expect(matchingStep(RFC_SECRET, code, at(first + 59))).toBe(step);
    expect(matchingStep(RFC_SECRET, code, at(first + 60))).toBeNull();
  });

  it.each(["", "81804", "0081804", "08180a", "-81804", "081804\n", "０８１８０４"])("takes no %j", (code) => {
    expect(matchingStep(RFC_SECRET, code, at(1111111109))).toBeNull();
  });
});

describe("newSecret", () => {
  it("is 160 bits in base32, never the same", () => {
    expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newSecret()).not.toBe(newSecret());
  });
});

describe("keyUri", () => {
  it("says what an app needs, with the account's address for a label", () => {
    const uri = new URL(keyUri(RFC_SECRET, "ada+x@x.test"));

    expect(uri.href.startsWith("otpauth://totp/Latchkey:ada%2Bx%40x.test?")).toBe(true);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      ...{ issuer: "Latchkey", secret: RFC_SECRET, algorithm: "SHA1", digits: "6", period: "30" },
    });
  });
});
