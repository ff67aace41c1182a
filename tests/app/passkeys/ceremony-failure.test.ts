import { describe, expect, it } from "vitest";
import { ceremonyFailure } from "@/app/_passkeys/ceremony-failure";
import { describeFailure } from "@/app/(account)/settings/security/passkeys/sentences";
import { describePasskeyFailure } from "@/app/(auth)/sign-in/passkey-sentences";
import { englishWords } from "../../support/words";

const named = (name: string) => Object.assign(new Error(name), { name });

describe("ceremonyFailure", () => {
  it.each([
    ["AbortError", "superseded"],
    ["NotAllowedError", "cancelled"],
    ["InvalidStateError", "known_already"],
    ["ConstraintError", "unsuitable"],
    ["NotSupportedError", "unsuitable"],
    ["SecurityError", "failed"],
  ])("tells %s apart, also as the cause of another error", (name, failure) => {
    expect(ceremonyFailure(named(name), 10)).toBe(failure);
    expect(ceremonyFailure(new Error("x", { cause: named(name) }), 10)).toBe(failure);
  });

  it("knows that time ran out by the time that it took", () => {
    expect([999, 1000, 1001].map((elapsed) => ceremonyFailure(named("NotAllowedError"), elapsed, 1000))).toEqual([
      ...["cancelled", "timed_out", "timed_out"],
    ]);
  });

  it("takes whatever else is thrown for a failure", () => {
    expect(["text", null, {}].map((error) => ceremonyFailure(error, 0))).toEqual(["failed", "failed", "failed"]);
  });
});

describe("the sentences", () => {
  it.each(["cancelled", "timed_out", "unsuitable", "failed", "invalid_passkey", "rate_limited"])(
    "say something for %s",
    (code) => {
      const adding = describeFailure(englishWords("security.passkeys.add.failures"), code);
      expect(adding).toMatch(/^[A-Z].+\.$/);
      expect(describePasskeyFailure(englishWords("auth.passkeys.failures"), code)).toMatch(/^[A-Z].+\.$/);
    },
  );
});
